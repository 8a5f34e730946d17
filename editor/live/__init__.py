"""Runs in real time that other programs reach over HTTP: the only room that opens sockets."""
