import * as pulumi from "@pulumi/pulumi";
import type { OpenEoWebEditorArgs } from "./args";
import { serviceImages } from "./images";
import { webService, type WebService } from "./webService";

const folder = "/etc/openeo-web-editor";
const fileName = "nginx.conf";

/**
 * The editor's web server. The editor has its settings compiled in, and takes the back-end from the
 * query alone; so whoever comes without one is sent on with the stack's. Whoever comes back from
 * logging in (`state`) is left alone.
 *
 * @param backendUrl the openEO that the editor opens with
 */
export const webEditorConfiguration = (backendUrl: string): string => `pid /tmp/nginx.pid;
error_log stderr warn;
worker_processes 1;
events {
  worker_connections 1024;
}
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log off;
  server_tokens off;
  sendfile on;
  gzip on;
  gzip_types text/css application/javascript application/json image/svg+xml;
  client_body_temp_path /tmp/client_body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  map "$arg_server$arg_state" $comes_without_server {
    "" 1;
    default 0;
  }
  map $args $other_arguments {
    "" "";
    default "&$args";
  }
  server {
    listen ${serviceImages.webEditor.port};
    absolute_redirect off;
    root /usr/share/nginx/html;
    location = ${serviceImages.webEditor.readyPath} {
      return 204;
    }
    location = / {
      if ($comes_without_server) {
        return 302 "/?server=${encodeURIComponent(backendUrl)}$other_arguments";
      }
      try_files /index.html =404;
    }
    location / {
      try_files $uri =404;
    }
  }
}
`;

/** The web editor as a web server. */
export const webEditor = (args: OpenEoWebEditorArgs): WebService => ({
  ...webService("webEditor", args),
  command: ["nginx", "-e", "stderr", "-c", `${folder}/${fileName}`, "-g", "daemon off;"],
  file: {
    folder,
    name: fileName,
    content: pulumi.output(args.backendUrl).apply(webEditorConfiguration),
  },
});
