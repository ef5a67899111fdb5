import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import {
  batchTemplate,
  type BatchTemplateParts,
} from "../../components/workloads/openeo/batch/template";
import type { OpenEoBatchArgs } from "../../components/workloads/openeo/batch/args";
import { skip } from "../support/skip";
import { at, listAt } from "./recording";

/** A template with the blocks and variables of the image's, and little else. */
const base = `
spec:
{%- if batch_scheduler != "default-scheduler" %}
  batchScheduler: {{ batch_scheduler }}
{%- endif %}
  sparkConf:
{%- block sparkConf %}
    "spark.eventLog.dir": "s3a://spark-history/history_prod"
    "spark.hadoop.fs.s3a.secret.key": {{ swift_secret_access_key }}
    "spark.hadoop.fs.s3a.aws.credentials.provider": "Simple"
{%- endblock %}
  volumes:
{%- block volumes %}
    - name: "eodata"
      hostPath:
        path: /eodata
{%- endblock %}
{%- for pod in ["driver", "executor"] %}
  {{ pod }}:
    name: {{ pod }}
{%- if pod == "driver" %}
{%- block driver_options %}
    serviceAccount: batch-jobs
{%- endblock %}
    env:
{%- block driver_env %}
      - name: AWS_SECRET_ACCESS_KEY
        value: {{ aws_secret_access_key }}
{%- endblock %}
    volumeMounts:
{%- block driver_volumeMounts %}
      - name: "eodata"
        mountPath: "/eodata"
{%- endblock %}
{%- else %}
{%- block executor_options %}
    terminationGracePeriodSeconds: 300
{%- endblock %}
    env:
{%- block executor_env %}
      - name: AWS_SECRET_ACCESS_KEY
        value: {{ aws_secret_access_key }}
{%- endblock %}
    volumeMounts:
{%- block executor_volumeMounts %}
      - name: "eodata"
        mountPath: "/eodata"
{%- endblock %}
{%- endif %}
{%- endfor %}
`;

/** Renders and reads as openEO does: Jinja with a folder of templates, then PyYAML. */
const render = `
import json, sys, yaml
from jinja2 import Environment, FileSystemLoader
folder, variables = sys.argv[1], json.loads(sys.argv[2])
text = Environment(loader=FileSystemLoader(folder)).from_string(open(folder + "/own").read()).render(**variables)
print(json.dumps(yaml.safe_load(text)))
`;

const canary = "canary-plain-key";

const variables = {
  batch_scheduler: "default-scheduler",
  swift_secret_access_key: canary,
  aws_secret_access_key: canary,
  mount_tmp: true,
  fuse_mount_batchjob_s3_bucket: true,
  provide_s3_profiles_and_tokens: false,
  job_name: "a1",
};

const parts: BatchTemplateParts = {
  mounts: [
    {
      volume: "layercatalog",
      source: { configMap: "openeo-layercatalog" },
      key: "layercatalog.json",
      path: "/opt/layercatalog.json",
    },
    { volume: "http", source: { secret: "http" }, key: "http.json", path: "/opt/http.json" },
  ],
  secrets: { AWS_SECRET_ACCESS_KEY: { secret: "openeo-s3", key: "secret-access-key" } },
  environment: { OPENEO_CATALOG_FILES: "/opt/layercatalog.json" },
};

describe("the template of batch jobs, rendered by Jinja over one with the image's blocks", () => {
  let folder: string;
  before(async function () {
    const found = await execa("python3", ["-c", "import jinja2, yaml"], { reject: false });
    if (found.exitCode !== 0) {
      skip(this, "python3 has no jinja2 and yaml; to get them: pip install Jinja2 PyYAML");
    }
    folder = await mkdtemp(path.join(tmpdir(), "eo-template-"));
    await writeFile(path.join(folder, "sparkapplication_template.yaml.j2"), base);
  });
  after(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const job = async (args: OpenEoBatchArgs, given = parts): Promise<unknown> => {
    await writeFile(path.join(folder, "own"), batchTemplate(args, given));
    const values = JSON.stringify(variables);
    const { stdout } = await execa("python3", ["-c", render, folder, values]);
    return at(JSON.parse(stdout), "spec");
  };

  it("adds to what the image says: files, Secrets, an account", async () => {
    const spec = await job({ eodata: true });
    assert.deepEqual(
      listAt(spec, "volumes").map((volume) => at(volume, "name")),
      ["eodata", "layercatalog", "http"],
    );
    assert.equal(at(spec, "volumes", 0, "hostPath", "path"), "/eodata");
    for (const pod of ["driver", "executor"]) {
      const paths = listAt(spec, pod, "volumeMounts").map((mount) => at(mount, "mountPath"));
      assert.deepEqual(paths, ["/eodata", "/opt/layercatalog.json", "/opt/http.json"], pod);
      const named = listAt(spec, pod, "env").filter(
        (variable) => at(variable, "name") === "AWS_SECRET_ACCESS_KEY",
      );
      // The latter of the two counts.
      assert.equal(at(named[1], "valueFrom", "secretKeyRef", "name"), "openeo-s3", pod);
    }
    assert.equal(at(spec, "driver", "serviceAccount"), "batch-jobs");
    assert.equal(at(spec, "executor", "serviceAccount"), "batch-executors");
    assert.equal(at(spec, "batchScheduler"), undefined);
  });

  it("leaves no key in it that comes from a Secret", async () => {
    const spec = await job({});
    assert.ok(!JSON.stringify(spec).includes(canary));
    const provider = at(spec, "sparkConf", "spark.hadoop.fs.s3a.aws.credentials.provider");
    assert.match(String(provider), /EnvironmentVariableCredentialsProvider$/);
  });

  it("leaves none in it either where the results' store has keys of its own", async () => {
    const own = {
      SWIFT_ACCESS_KEY_ID: { secret: "store", key: "id" },
      SWIFT_SECRET_ACCESS_KEY: { secret: "store", key: "key" },
    };
    const apart = await job({}, { ...parts, secrets: { ...parts.secrets, ...own } });
    assert.ok(!JSON.stringify(apart).includes(canary));
    // Hadoop puts in the environment's value, which comes from the Secret.
    const conf = at(apart, "sparkConf");
    assert.equal(at(conf, "spark.hadoop.fs.s3a.secret.key"), "${env.SWIFT_SECRET_ACCESS_KEY}");
    assert.equal(at(conf, "spark.hadoop.fs.s3a.aws.credentials.provider"), "Simple");
    const named = listAt(apart, "driver", "env").filter(
      (variable) => at(variable, "name") === "SWIFT_SECRET_ACCESS_KEY",
    );
    assert.equal(at(named.at(-1), "valueFrom", "secretKeyRef", "name"), "store");
  });

  it("mounts no folder of a node, but what jobs ask for", async () => {
    const spec = await job({});
    assert.ok(!JSON.stringify(spec).includes("hostPath"));
    const volumes = listAt(spec, "volumes");
    assert.deepEqual(
      volumes.map((volume) => at(volume, "name")),
      [
        "eodata",
        "shared-pod-volume",
        "spark-local-dir-1",
        "batch-job-results",
        "layercatalog",
        "http",
      ],
    );
    assert.equal(at(volumes[3], "persistentVolumeClaim", "claimName"), "a1");
  });

  it("says what the settings say, in place of what the image says", async () => {
    const spec = await job({
      yunikorn: {},
      eventLog: { bucket: "logs", folder: "jobs" },
      preemptible: { required: true, noticeSeconds: 30 },
    });
    assert.equal(at(spec, "batchScheduler"), "yunikorn");
    assert.equal(at(spec, "sparkConf", "spark.eventLog.dir"), "s3a://logs/jobs");
    assert.equal(at(spec, "sparkConf", "spark.decommission.enabled"), "true");
    assert.equal(at(spec, "executor", "terminationGracePeriodSeconds"), 30);
    assert.equal(at(spec, "executor", "tolerations", 0, "operator"), "Equal");
    assert.ok(at(spec, "driver", "affinity", "nodeAffinity"));
  });
});
