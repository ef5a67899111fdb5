# In a file of its own: Packer before 1.7 has the builder built in and does not know this block.
packer {
  required_version = ">= 1.11.0"

  required_plugins {
    openstack = {
      source  = "github.com/hashicorp/openstack"
      version = "1.1.2"
    }
  }
}
