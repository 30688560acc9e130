import sys
from pathlib import Path

# Builders are shared by several folders of tests, which pytest imports by path.
sys.path.append(str(Path(__file__).parents[1]))
