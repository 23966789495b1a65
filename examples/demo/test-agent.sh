#!/bin/sh
# The agent of "How to Test Wrapper Locally" in the analysis of the bash wrapper: it submits a job
# that Vertex AI will never accept, and then polls on as if nothing had happened.
echo "Starting W&B agent..."
sleep 2
echo "Connecting to queue..."
sleep 2
echo "Picked up job..."
sleep 2
echo "Submitting to Vertex AI..."
sleep 1
echo "InvalidArgument: 400 Machine type 'n2-standard-4' is not supported for GPU 'NVIDIA_TESLA_T4'"
sleep 10 # bailout stops the agent before this is over
echo "This should never print!"
