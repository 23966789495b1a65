echo "Submitting to Vertex AI..."
echo "PermissionDenied: 403 Permission 'aiplatform.customJobs.create' denied on resource"
exec sleep 60
