"""Text in, text out; opens no file and draws nothing."""
