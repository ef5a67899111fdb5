{{- define "rendition.selector" -}}
app.kubernetes.io/name: traefik
app.kubernetes.io/instance: {{ printf "%s-%s" .Release.Name .Release.Namespace | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "rendition.labels" -}}
{{ include "rendition.selector" . }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "rendition.name" -}}
{{ ternary .Release.Name (printf "%s-traefik" .Release.Name) (contains "traefik" .Release.Name) }}
{{- end -}}

{{- define "rendition.account" -}}
{{ .Values.serviceAccount.name | default (include "rendition.name" .) }}
{{- end -}}

{{- define "rendition.clusterName" -}}
{{ printf "%s-%s" (include "rendition.name" .) .Release.Namespace }}
{{- end -}}
