"""Organization: an institution that can promise, answer for, follow or verify something."""

from domain.organization.aggregate import Organization
from domain.organization.types import NameInForce, OrganizationKind, OrganizationState

__all__ = ["NameInForce", "Organization", "OrganizationKind", "OrganizationState"]
