# What the image is.

variable "template_checksum" {
  type        = string
  description = "Checksum of this folder and of what decides the image's content; a property of the image, by which it is found again. 64 hexadecimal digits."

  validation {
    condition     = length(var.template_checksum) == 64 && regex_replace(var.template_checksum, "^[0-9a-f]+$", "") == ""
    error_message = "The template_checksum must be 64 hexadecimal digits; `./eo image build` gives it."
  }
}

variable "flavour" {
  type        = string
  description = "`rke`: with Docker, as RKE needs it. `rke2`: no container runtime, since RKE2 brings its own."

  validation {
    condition     = contains(["rke", "rke2"], var.flavour)
    error_message = "The flavour must be rke or rke2."
  }
}

variable "kubernetes" {
  type        = string
  description = "Kubernetes that the nodes are for, as `major.minor`: decides which Docker is allowed."

  validation {
    condition     = var.kubernetes != "" && regex_replace(var.kubernetes, "^1[.][0-9]+$", "") == ""
    error_message = "The kubernetes must be major.minor, such as 1.31."
  }
}

variable "image_name" {
  type        = string
  description = "Name of the image; empty: `eo-node-FLAVOUR-kubernetes-MINOR`. Builds share it, and differ in checksum and date."
  default     = ""

  validation {
    condition     = regex_replace(var.image_name, "^[A-Za-z0-9][A-Za-z0-9._-]*$", "") == ""
    error_message = "The image_name must consist of letters, digits, dots, dashes and underscores."
  }
}

variable "image_visibility" {
  type        = string
  description = "Who sees the image: `private`, `shared`, `community` or `public`."
  default     = "private"

  validation {
    condition     = contains(["private", "shared", "community", "public"], var.image_visibility)
    error_message = "The image_visibility must be private, shared, community or public."
  }
}

variable "image_min_disk" {
  type        = number
  description = "Smallest root disk that boots the image, in GiB."
  default     = 20

  validation {
    condition     = var.image_min_disk >= 10
    error_message = "The image_min_disk must be at least 10."
  }
}

variable "image_properties" {
  type        = map(string)
  description = "More properties of the image."
  default     = {}
}

# Where it is built.

variable "cloud" {
  type        = string
  description = "Name in clouds.yaml; empty: the variables `OS_…` of the environment."
  default     = ""
}

variable "source_image_id" {
  type        = string
  description = "Id of the image to start from, Debian or Ubuntu with cloud-init; or give source_image_name."
  default     = ""
}

variable "source_image_name" {
  type        = string
  description = "Name of the image to start from, the newest of that name; or give source_image_id."
  default     = ""
}

variable "source_image_visibility" {
  type        = string
  description = "With source_image_name, whose images count. `public`: the provider's alone, so that nobody else's image of that name is taken."
  default     = "public"

  validation {
    condition     = contains(["private", "shared", "community", "public"], var.source_image_visibility)
    error_message = "The source_image_visibility must be private, shared, community or public."
  }
}

variable "instance_flavor" {
  type        = string
  description = "Flavor of the instance that builds: 2 vCPU and 4 GiB are enough."

  validation {
    condition     = var.instance_flavor != ""
    error_message = "The instance_flavor must be a flavor's name or id."
  }
}

variable "networks" {
  type        = list(string)
  description = "Ids of the networks of the instance that builds; it needs a way to package repositories."
  default     = []
}

variable "floating_ip_network" {
  type        = string
  description = "External network for a floating IP to build through; empty: the instance's own address is reached."
  default     = ""
}

variable "security_groups" {
  type        = list(string)
  description = "Security groups of the instance that builds; one must let SSH in from here."
  default     = ["default"]
}

variable "availability_zone" {
  type        = string
  description = "Availability zone of the instance that builds; empty: the cloud's choice."
  default     = ""
}

variable "volume_gib" {
  type        = number
  description = "Builds on a volume of so many GiB; 0: on the flavor's own disk."
  default     = 0

  validation {
    condition     = var.volume_gib >= 0
    error_message = "The volume_gib must not be negative."
  }
}

variable "volume_type" {
  type        = string
  description = "Type of that volume; empty: the cloud's choice."
  default     = ""
}

variable "ssh_username" {
  type        = string
  description = "The source image's own user: `debian`, `ubuntu`, or what the provider calls it."

  validation {
    condition     = var.ssh_username != "" && var.ssh_username != "root" && regex_replace(var.ssh_username, "^[a-z_][a-z0-9_-]*$", "") == ""
    error_message = "The ssh_username must be a user's name, and not root."
  }
}

# What is in it.

variable "node_user" {
  type        = string
  description = "User that nodes are managed as, by SSH; empty: ssh_username. With the flavour rke it is in the group docker, which is as much as root."
  default     = ""

  validation {
    condition     = var.node_user != "root" && regex_replace(var.node_user, "^[a-z_][a-z0-9_-]*$", "") == ""
    error_message = "The node_user must be a user's name, and not root."
  }
}

variable "docker_source" {
  type        = string
  description = "`docker`: Docker's own repository. `debian`: the distribution's package docker.io, where the other cannot be reached."
  default     = "docker"

  validation {
    condition     = contains(["docker", "debian"], var.docker_source)
    error_message = "The docker_source must be docker or debian."
  }
}

variable "docker_version" {
  type        = string
  description = "Docker's version, `27.2.1`, or the newest of a line, `27.2`; empty: the newest on record that RKE takes below the Kubernetes (source docker), or the distribution's (source debian)."
  default     = ""

  validation {
    condition     = regex_replace(var.docker_version, "^[0-9]+[.][0-9]+([.][0-9]+)?$", "") == ""
    error_message = "The docker_version must be major.minor.patch, such as 27.2.1, or major.minor."
  }
}

variable "containerd_version" {
  type        = string
  description = "Version of containerd.io below Docker, or a line of it."
  default     = "1.7"

  validation {
    condition     = var.containerd_version != "" && regex_replace(var.containerd_version, "^[0-9]+[.][0-9]+([.][0-9]+)?$", "") == ""
    error_message = "The containerd_version must be major.minor.patch or major.minor."
  }
}

variable "docker_apt_url" {
  type        = string
  description = "Docker's repository or a mirror of it, without the distribution's name."
  default     = "https://download.docker.com/linux"

  validation {
    condition     = regex_replace(var.docker_apt_url, "^https?://[^' ]+[^/' ]$", "") == ""
    error_message = "The docker_apt_url must be an address, without a slash at its end."
  }
}

variable "docker_key_fingerprint" {
  type        = string
  description = "Fingerprint of the key that signs that repository; a build with another key ends."
  default     = "9DC858229FC7DD38854AE2D88D81803C0EBFCD88"

  validation {
    condition     = length(var.docker_key_fingerprint) == 40 && regex_replace(var.docker_key_fingerprint, "^[0-9A-F]+$", "") == ""
    error_message = "The docker_key_fingerprint must be 40 hexadecimal digits in capitals."
  }
}

variable "docker_log_max_size" {
  type        = string
  description = "Size at which a container's log is rotated; the default is the kubelet's."
  default     = "10m"

  validation {
    condition     = var.docker_log_max_size != "" && regex_replace(var.docker_log_max_size, "^[1-9][0-9]*[kmg]$", "") == ""
    error_message = "The docker_log_max_size must be a number with k, m or g."
  }
}

variable "docker_log_max_files" {
  type        = number
  description = "How many files of a container's log are kept; the default is the kubelet's."
  default     = 5

  validation {
    condition     = var.docker_log_max_files >= 1
    error_message = "The docker_log_max_files must be at least 1."
  }
}

variable "etcd_id" {
  type        = number
  description = "User and group id of etcd; what the cluster's services.etcd.uid and gid say."
  default     = 52034

  validation {
    condition     = var.etcd_id >= 1000
    error_message = "The etcd_id must be at least 1000."
  }
}

variable "journal_max_size" {
  type        = string
  description = "How much of the disk the journal takes at most."
  default     = "1G"

  validation {
    condition     = var.journal_max_size != "" && regex_replace(var.journal_max_size, "^[1-9][0-9]*[KMG]$", "") == ""
    error_message = "The journal_max_size must be a number with K, M or G."
  }
}

variable "ntp_servers" {
  type        = list(string)
  description = "Time servers; none: the distribution's pool."
  default     = []

  validation {
    condition     = length([for server in var.ntp_servers : server if server == "" || regex_replace(server, "^[A-Za-z0-9.:-]+$", "") != ""]) == 0
    error_message = "Each of ntp_servers must be a host name or an address."
  }
}

variable "unattended_upgrades" {
  type        = string
  description = "`security`: nodes install security updates every day and never reboot by themselves. `off`: only new images change nodes."
  default     = "security"

  validation {
    condition     = contains(["security", "off"], var.unattended_upgrades)
    error_message = "The unattended_upgrades must be security or off."
  }
}

variable "upgrade" {
  type        = bool
  description = "Whether what the source image holds is upgraded first."
  default     = true
}

variable "extra_packages" {
  type        = list(string)
  description = "More packages of the distribution."
  default     = []

  validation {
    condition     = length([for name in var.extra_packages : name if name == "" || regex_replace(name, "^[a-z0-9][a-z0-9+.-]*$", "") != ""]) == 0
    error_message = "Each of extra_packages must be a package's name."
  }
}

# What is passed on.

variable "manifest_file" {
  type        = string
  description = "Where the manifest of the image is written, on the machine that Packer runs on."
  default     = "image-manifest.json"

  validation {
    condition     = var.manifest_file != ""
    error_message = "The manifest_file must be a file's name."
  }
}
