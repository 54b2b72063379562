"""The processes in which pages are made: limited, one thread each, ended where they hang."""
