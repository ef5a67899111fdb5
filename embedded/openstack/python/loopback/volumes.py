"""Volumes without data: each operation succeeds at once and leaves a record in cinder."""
import io

from cinder.volume import driver

NO_DATA = b"\0" * 512


class SimulatedVolumeDriver(driver.VolumeDriver):
    """Has room for ten thousand GiB; quotas are cinder's own, and hold."""

    VERSION = "1.0"
    CI_WIKI_NAME = "none"
    CAPACITY_GIB = 10_000

    def check_for_setup_error(self):
        """Nothing can be wrong."""

    def get_volume_stats(self, refresh=False):
        return {
            "volume_backend_name": self.configuration.safe_get("volume_backend_name"),
            "vendor_name": "loopback",
            "driver_version": self.VERSION,
            "storage_protocol": "simulated",
            "total_capacity_gb": self.CAPACITY_GIB,
            "free_capacity_gb": self.CAPACITY_GIB,
            "reserved_percentage": 0,
            "multiattach": True,
        }

    def create_volume(self, volume):
        return {}

    def create_volume_from_snapshot(self, volume, snapshot):
        return {}

    def create_cloned_volume(self, volume, src_vref):
        return {}

    def clone_image(self, context, volume, image_location, image_meta, image_service):
        return {}, True

    def copy_volume_to_image(self, context, volume, image_service, image_meta):
        image_service.update(context, image_meta["id"], {}, io.BytesIO(NO_DATA))

    def extend_volume(self, volume, new_size):
        """No data, no work."""

    def delete_volume(self, volume):
        """No data, no work."""

    def create_snapshot(self, snapshot):
        return {}

    def delete_snapshot(self, snapshot):
        """No data, no work."""

    def retype(self, context, volume, new_type, diff, host):
        return True, None

    def ensure_export(self, context, volume):
        """Nobody connects."""

    def create_export(self, context, volume, connector):
        """Nobody connects."""

    def remove_export(self, context, volume):
        """Nobody connects."""

    def initialize_connection(self, volume, connector, **kwargs):
        return {"driver_volume_type": "simulated", "data": {"access_mode": "rw"}}

    def terminate_connection(self, volume, connector, **kwargs):
        """Nobody was connected."""
