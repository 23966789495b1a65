import type { Mended } from "./default.ts";

/** Rules for what programs and platforms print: words, with what else prints them ruled out. */
export const PROGRAM_RULES: readonly Mended[] = [
  {
    id: "repeated-failures",
    hints: [
      "FAIL",
      "FATAL",
      "Traceback",
      "fatal",
      "Fatal",
      "panic",
      "Panic",
      "PANIC",
      // klog's and TensorFlow's way to say it: F1124 10:00:00 …, F tensorflow/….cc:74] …
      "F0",
      "F1",
      "F ",
    ],
    advice: "The same step fails again and again: the lines shown name it.",
    withinMs: 30 * 60_000,
    matcher: {
      kind: "facts",
      anyOf: [
        {
          lenient: true,
          text: "(?:\\b|_)(?:FAILED|FAILURE|FATAL)\\b|Traceback \\(most recent call last\\)",
        },
        { level: ["fatal"] },
      ],
    },
    except: [
      "(?:FAILED|FAILURE|FATAL)(?: {2}|[./]\\w|/$)| {2}(?:FAILED|FAILURE|FATAL)(?: {2}|$)",
      "'(?:FAILED|FAILURE|FATAL)'|RETRYING",
      "^\\s*\\w+\\.\\w*(?:FAILED|FAILURE|FATAL)\\W*$|FATAL ?->|\\bERROR,? FATAL|FATAL, ?(?:ERROR|CRITICAL|WARN)",
      "\\b0 (?:FAILED|FAILURES?)\\b|(?:FAILED|FAILURES?|FATAL)[\"']?\\s*[:=(\\[]\\s*0\\b|\\bno (?:FAILED|FAILURES?)\\b",
      "\\bFAILED \\S*(?:::|test)|\\bFAILED \\[ *\\d+%\\]|(?:level|LEVEL|severity|threshold)[\\w\"']*\\s*[:=]?\\s*[\"']?FATAL\\b",
      "\\b(?:FAILED|FAILURE|FATAL)[|,/] ?[A-Z]{2}|[A-Z]{2}[|,/] ?(?:FAILED|FAILURE|FATAL)\\b|\\b(?:SUCCESS|OK|PASSED|RUNNING)\\b",
      "\\bretrying .*\\bok\\b|\\b(?:\\w*rule|on|when|if)[=:] ?\\w*FA[IT]",
      "^\\w+=|\\bon[ _-]?FAIL|--\\w[\\w-]*[= ](?:FATAL|FAILED|FAILURE)",
    ],
    clears: ["\\b(?:succeeded|success(?:ful(?:ly)?)?|SUCCEEDED|SUCCESS|recovered|completed)\\b"],
    tests: {
      match: [
        "FAILED to submit job to Vertex AI\nRetrying submission...\nFAILED to submit job to Vertex AI\nRetrying submission...\nFAILED to submit job to Vertex AI",
        "F tsl/platform/env.cc:74] Check failed: a\nF tsl/platform/env.cc:74] Check failed: b\nF tsl/platform/env.cc:74] Check failed: c",
      ],
      noMatch: [
        "FAILED to submit job\nFAILED to submit job",
        "12 passed, 0 FAILED\n14 passed, 0 FAILED\n9 passed, 0 FAILED",
        "FAILED once\nFAILED twice\njob submitted successfully\nFAILED again",
      ],
    },
  },
  {
    id: "python-exception",
    hints: ["Traceback"],
    advice:
      "The agent's code has a bug or lacks a setting: the last line names it, the lines above " +
      "it say where.",
    matcher: { kind: "traceback" },
    tests: {
      match: [
        "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    f()\n  File \"a.py\", line 2, in g\n    x['machine_type']\nKeyError: 'machine_type'",
      ],
      noMatch: [
        'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    f()\nKeyboardInterrupt',
      ],
    },
  },
  {
    id: "agent-init",
    hints: [
      "wandb",
      "W&B",
      "W\\u0026B",
      "api_key",
      "API key",
      "API_KEY",
      "ailed to initialize",
      "ailed to authenticate",
      "ailed to verify",
      "project owner",
    ],
    alsoHints: [
      "ailed to ",
      "nable to connect",
      "API key",
      "api_key",
      "API_KEY",
      "nauthorized",
      "not logged in",
      "401",
      "AuthenticationError",
      "CommError",
      "UsageError",
      "api.wandb.ai",
      "project owner",
    ],
    advice:
      "Check WANDB_API_KEY, WANDB_ENTITY and the queue's name in the job's configuration, and " +
      "that the container reaches api.wandb.ai.",
    docs: "https://docs.wandb.ai/guides/launch",
    matcher: {
      kind: "facts",
      anyOf: [
        { text: "[Ff]ailed to initialize (?:the )?(?:W&B|[Ww]andb|[Ww]eights|[Ll]aunch|[Aa]gent)" },
        {
          tool: ["wandb"],
          text:
            "[Ff]ailed to (?:connect|authenticate|log ?in|initialize|reach|start|find|get|contact|create (?:run queue|launch agent))" +
            "|API key must be|API key (?:is )?(?:invalid|not (?:found|configured|valid))|api_key not configured" +
            "|[Ii]nvalid API key|[Uu]nauthorized|not logged in|\\b401\\b",
        },
        { text: "[Uu]nable to connect\\b.*(?:wandb|W&B)" },
        {
          text:
            "\\bwandb\\.(?:sdk\\.\\S*|errors\\.)\\S*(?:AuthenticationError|CommError|UsageError)\\b",
        },
        {
          text:
            "\\bapi_key not configured\\b|[Nn]o API key configured|API key must\\b|^API key is\\b|WANDB_API_KEY (?:is )?(?:invalid|not set|missing)" +
            "|[Ff]ailed to (?:verify credentials|authenticate) with|host='api\\.wandb\\.ai'" +
            "|reach out to the project owner",
        },
        { status: ["UNAUTHENTICATED", "PERMISSION_DENIED"], text: "api\\.wandb\\.ai|W&B API" },
      ],
    },
    except: ["\\b[Ff]ailed to initialize (?:NVML|NumPy|CUDA|GPU)\\b"],
    tests: {
      match: [
        "Failed to initialize W&B Launch agent: API key invalid",
        "wandb: ERROR: Failed to connect to wandb.ai (connection timeout)",
        "Unable to connect to wandb.ai: DNS resolution failed",
        "wandb: ERROR: Failed to authenticate - API key not found",
      ],
      noMatch: [
        "UserWarning: Failed to initialize NumPy: No module named 'numpy'",
        "wandb: WARNING Failed to connect to wandb.ai, retrying in 2 seconds",
      ],
    },
  },
  {
    id: "image-pull",
    hints: [
      "Image",
      "image",
      "pull",
      "manifest",
      "resolve ref",
      "docker",
      "daemon",
      "CannotPull",
    ],
    alsoHints: [
      "ImagePullBackOff",
      "ErrImage",
      "InvalidImageName",
      "CannotPull",
      "ailed to pull",
      "pull access denied",
      "pull rate limit",
      "manifest ",
      "rror pulling image",
      "ailed to resolve ref",
      "initializing source docker",
      "rror response from daemon",
    ],
    advice:
      "Check that the image and its tag exist (`gcloud artifacts docker images list`), and that " +
      "the service account may read it (roles/artifactregistry.reader).",
    docs: "https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff",
    matcher: {
      kind: "facts",
      anyOf: [{
        lenient: true,
        text:
          "\\b(?:ImagePullBackOff|ErrImagePull|ErrImageNeverPull|InvalidImageName|CannotPullContainerError)\\b" +
          "|[Ff]ailed to pull (?:and unpack )?image|\\bpull access denied\\b|\\bpull rate limit\\b" +
          "|\\bmanifest (?:for \\S+ )?(?:unknown|not found)\\b|[Ee]rror pulling image" +
          "|[Ff]ailed to resolve ref(?:erence)?\\b|\\binitializing source docker:" +
          "|[Ee]rror response from daemon: .*(?:denied|toomanyrequests|unauthorized|manifest)",
      }],
    },
    // The kubelet tries again by itself: one that was cured says so soon, or in the same listing.
    confirmMs: 1000,
    clears: ["[Ss]uccessfully pulled image|\\b[Pp]ulled\\b.*\\bimage\\b"],
    except: [
      '\\bNormal\\s+\\w+|_total\\b|reason=~?"|^\\s*- alert:|\\b0 (?:Image|ErrImage)|(?:BackOff|ErrImagePull)["\']?[:=]\\s*0\\b',
      "(?:BackOff|ErrImagePull|InvalidImageName)[\"']?\\s*[,|]\\s*[\"']?[A-Z]|[A-Za-z][\"']?\\s*[,|]\\s*[\"']?(?:ImagePullBackOff|ErrImagePull)",
      "\\b(?:must|should|so that)\\b|RESOLVED|^\\s*! |\\bINFO\\b|\\bDEBUG\\b|\\b(?:PASSED|FAILED|SKIPPED)\\b|::|^\\s{8,}\\w|\\b(?:ignor|skipped|expect|resolved|recovered|retry)",
    ],
    tests: {
      match: [
        "ImagePullBackOff: Failed to pull image us-central1-docker.pkg.dev/p/arr-trainer:latest",
        "Failed to pull image: image does not exist",
        "Error response from daemon: pull access denied for trainer, repository does not exist",
      ],
      noMatch: [
        'kube_pod_container_status_waiting_reason{reason="ImagePullBackOff"} 0',
        "imagePullPolicy: Always",
      ],
    },
  },
];
