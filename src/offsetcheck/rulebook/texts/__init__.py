"""The texts of rule files that a language can translate, and the keys under which it does."""
