"""What a menu, a key or a button can invoke; knows nothing of Qt."""
