"""What incidents and reviews alike owe and decide: clocks, status, letters, meetings."""
