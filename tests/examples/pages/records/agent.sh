echo "Submitting to Vertex AI..."
echo "PermissionDenied: 403 Permission 'aiplatform.customJobs.create' denied on resource" >&2
exec sleep 60
