locals {
  rke2       = var.flavour == "rke2"
  node_user  = var.node_user != "" ? var.node_user : var.ssh_username
  image_name = var.image_name != "" ? var.image_name : "eo-node-${var.flavour}-kubernetes-${var.kubernetes}"

  # Written by `./eo docs` from components/compatibility/rkeTable.ts.
  docker          = jsondecode(file("${abspath(path.root)}/docker.json"))
  docker_lines    = lookup(local.docker.lines, var.kubernetes, "")
  docker_on_table = lookup(local.docker.newest, var.kubernetes, "")
  docker_default  = var.docker_source == "docker" ? local.docker_on_table : ""
  docker_version  = var.docker_version != "" ? var.docker_version : local.docker_default
  docker_line     = regex_replace(local.docker_version, "^([0-9]+[.][0-9]+).*$", "$1")

  # HCL has no way to fail with a message of one's own: a file of that name is not there.
  is_docker_known   = local.rke2 || local.docker_lines != "" ? "yes" : file("refused: RKE's Docker below Kubernetes ${var.kubernetes} is not on record; there are ${join(", ", keys(local.docker.lines))}")
  is_docker_allowed = local.rke2 || local.docker_version == "" || contains(split(" ", local.docker_lines), local.docker_line) ? "yes" : file("refused: docker_version ${local.docker_version} below Kubernetes ${var.kubernetes}; RKE takes ${local.docker_lines}")

  docker_repository = local.rke2 ? "none" : (var.docker_source == "docker" ? var.docker_apt_url : "the distribution's")
}

source "openstack" "node" {
  cloud = var.cloud

  source_image = var.source_image_id
  source_image_filter {
    filters {
      name       = var.source_image_name
      visibility = var.source_image_name != "" ? var.source_image_visibility : ""
    }
    most_recent = true
  }

  instance_name           = "build-${local.image_name}"
  flavor                  = var.instance_flavor
  availability_zone       = var.availability_zone
  networks                = var.networks
  floating_ip_network     = var.floating_ip_network
  security_groups         = var.security_groups
  use_blockstorage_volume = var.volume_gib > 0
  volume_size             = var.volume_gib
  volume_type             = var.volume_type

  ssh_username = var.ssh_username
  ssh_timeout  = "10m"

  image_name       = local.image_name
  image_visibility = var.image_visibility
  image_min_disk   = var.image_min_disk
  metadata = merge(var.image_properties, {
    image_type             = "image"
    eo_platform_checksum   = var.template_checksum
    eo_platform_flavour    = var.flavour
    eo_platform_kubernetes = var.kubernetes
  })
}

build {
  name    = "node"
  sources = ["source.openstack.node"]

  provisioner "shell" {
    execute_command = "sudo -n env {{ .Vars }} sh '{{ .Path }}'"
    environment_vars = [
      "FLAVOUR=${var.flavour}",
      "KUBERNETES=${var.kubernetes}",
      "TEMPLATE_CHECKSUM=${var.template_checksum}",
      "NODE_USER=${local.node_user}",
      "UPGRADE=${var.upgrade}",
      "EXTRA_PACKAGES=${join(" ", var.extra_packages)}",
      "DOCKER_SOURCE=${var.docker_source}",
      "DOCKER_VERSION=${local.docker_version}",
      "DOCKER_LINES=${local.docker_lines}",
      "CONTAINERD_VERSION=${var.containerd_version}",
      "DOCKER_APT_URL=${var.docker_apt_url}",
      "DOCKER_KEY_FINGERPRINT=${var.docker_key_fingerprint}",
      "DOCKER_LOG_MAX_SIZE=${var.docker_log_max_size}",
      "DOCKER_LOG_MAX_FILES=${var.docker_log_max_files}",
      "ETCD_ID=${var.etcd_id}",
      "JOURNAL_MAX_SIZE=${var.journal_max_size}",
      "NTP_SERVERS=${join(" ", var.ntp_servers)}",
      "UNATTENDED_UPGRADES=${var.unattended_upgrades}",
    ]
    scripts = [
      "${path.root}/scripts/10-packages.sh",
      "${path.root}/scripts/20-docker.sh",
      "${path.root}/scripts/30-access.sh",
      "${path.root}/scripts/40-kernel.sh",
      "${path.root}/scripts/50-etcd.sh",
      "${path.root}/scripts/60-logs.sh",
      "${path.root}/scripts/70-time.sh",
      "${path.root}/scripts/80-updates.sh",
      "${path.root}/scripts/85-record.sh",
    ]
  }

  provisioner "file" {
    direction   = "download"
    source      = "/etc/eo-platform/image.json"
    destination = "${var.manifest_file}.node"
  }

  provisioner "shell" {
    execute_command = "sudo -n env {{ .Vars }} sh '{{ .Path }}'"
    script          = "${path.root}/scripts/90-clean.sh"
  }

  post-processors {
    post-processor "manifest" {
      output = "${var.manifest_file}.packer"
    }

    post-processor "shell-local" {
      environment_vars = [
        "PACKER_MANIFEST=${var.manifest_file}.packer",
        "NODE_RECORD=${var.manifest_file}.node",
        "MANIFEST_FILE=${var.manifest_file}",
        "IMAGE_NAME=${local.image_name}",
        "TEMPLATE_CHECKSUM=${var.template_checksum}",
        "SOURCE_IMAGE=${var.source_image_id != "" ? var.source_image_id : var.source_image_name}",
        "DOCKER_REPOSITORY=${local.docker_repository}",
      ]
      script = "${path.root}/manifest.sh"
    }
  }
}
