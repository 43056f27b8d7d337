"""What a process does before it is of use: no more than it needs, and once."""

import subprocess
import sys

from api.app import create_app
from roundtable.installation import Installation
from tests.harness import opened


def test_the_command_line_starts_without_the_http_interface() -> None:
    program = "import sys, roundtable.cli; sys.exit('api.app' in sys.modules or 'fastapi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_two_installations_of_a_process_share_routes_and_description(sqlite_installation: Installation) -> None:
    other = opened("sqlite:///:memory:")
    first, second = create_app(sqlite_installation), create_app(other)
    ours = [route for route in first.routes if route.path.startswith("/v1/")]
    assert len(ours) > 300
    assert all(any(route is same for same in second.routes) for route in ours)
    assert first.openapi() is second.openapi()
    assert first.state.installation is not second.state.installation
    other.close()
