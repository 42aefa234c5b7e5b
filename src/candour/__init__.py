"""Candour carries a serious case review from incident to learning."""
