"""How the two networks that read inked digits are made. Not a part of the installed package."""
