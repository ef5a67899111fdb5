"""Ports without an agent: what is bound is up."""
from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api


class LoopbackMechanismDriver(api.MechanismDriver):
    """Binds each port to its network's first segment, on whatever host nova names."""

    def initialize(self):
        """Nothing to prepare: there is no switch."""

    @property
    def connectivity(self):
        return portbindings.CONNECTIVITY_L2

    def bind_port(self, context):
        segment = next(iter(context.segments_to_bind), None)
        if segment is None:
            return
        details = {portbindings.CAP_PORT_FILTER: True}
        context.set_binding(
            segment[api.ID],
            portbindings.VIF_TYPE_OVS,
            details,
            status=constants.PORT_STATUS_ACTIVE,
        )
