"""Key practice episodes, contributory factors, findings, recommendations, research."""
