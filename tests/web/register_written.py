"""Write twenty acts of a person down: python tests/web/register_written.py FOLDER PERSON [URL]."""

import sys
from pathlib import Path

from offsetcheck.web.register.book import register_of
from offsetcheck.web.register.entry import Act
from offsetcheck.web.visit import Workplace

if __name__ == "__main__":
    folder, person, *url = sys.argv[1:]
    register = register_of(Workplace(Path(folder), register=url[0] if url else None))
    for number in range(20):
        register.append(Act(person, "purchase", "", {"n": str(number)}))
