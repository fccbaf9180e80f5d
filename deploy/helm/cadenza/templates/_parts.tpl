{{/* What the pods have in common. */}}

{{- define "cadenza.labels" -}}
app.kubernetes.io/name: cadenza
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "cadenza.selector" -}}
app.kubernetes.io/name: cadenza
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "cadenza.secret" -}}
{{ .Values.secret.existing | default .Release.Name }}
{{- end }}

{{- define "cadenza.pod" -}}
automountServiceAccountToken: false
# Else a Service called cadenza becomes CADENZA_PORT in each pod, and the start refuses that variable as a misspelled setting.
enableServiceLinks: false
terminationGracePeriodSeconds: 60
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  # Not at every mount: PostgreSQL and Cadenza refuse files that the group may read.
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- if .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml .Values.image.pullSecrets | nindent 2 }}
{{- end }}
{{- end }}

{{- define "cadenza.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{- define "cadenza.env" -}}
- name: CADENZA_PUBLIC_URL
  value: {{ .Values.publicUrl | quote }}
- name: CADENZA_TRUSTED_PROXIES
  value: {{ .Values.trustedProxies | quote }}
- name: CADENZA_METRICS_PORT
  value: "9464"
- name: CADENZA_METRICS_HOST
  value: 0.0.0.0
- name: CADENZA_BOOTSTRAP_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "cadenza.secret" . }}
      key: CADENZA_BOOTSTRAP_KEY
      optional: true
{{- if not .Values.database.embedded }}
- name: DATABASE_URL
  valueFrom:
    secretKeyRef:
      name: {{ include "cadenza.secret" . }}
      key: DATABASE_URL
- name: CADENZA_KEY_FILE
  value: /run/cadenza/cadenza.key
{{- end }}
{{- if .Values.env }}
{{ toYaml .Values.env }}
{{- end }}
{{- end }}

{{/* A start may wait for the database and migrate it: it gets an hour. */}}
{{- define "cadenza.probes" -}}
startupProbe:
  httpGet: { path: /health/live, port: probes }
  periodSeconds: 5
  failureThreshold: 720
livenessProbe:
  httpGet: { path: /health/live, port: probes }
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /health/ready, port: probes }
  timeoutSeconds: 5
{{- end }}

{{/* Cadenza refuses a key file that others may read. A Secret is mounted readable by its group, so its key is copied. */}}
{{- define "cadenza.copyKey" -}}
- name: copy-key
  {{- include "cadenza.container" . | nindent 2 }}
  command: [install, --mode=600, /secret/cadenza.key, /run/cadenza/cadenza.key]
  resources:
    requests: { cpu: 10m, memory: 16Mi }
    limits: { memory: 64Mi }
  volumeMounts:
    - { name: secret, mountPath: /secret, readOnly: true }
    - { name: key, mountPath: /run/cadenza }
{{- end }}

{{- define "cadenza.keyVolumes" -}}
- name: secret
  secret:
    secretName: {{ include "cadenza.secret" . }}
    items: [{ key: cadenza.key, path: cadenza.key }]
- name: key
  emptyDir: { medium: Memory, sizeLimit: 1Mi }
{{- end }}
