"""Every night on Airflow 2: predict and measure a labelled set, then let a gate decide whether the results may be used.

Needs apache-airflow-providers-apache-spark and, for reading the results, apache-airflow-providers-amazon. The connection
spark_default names the master (yarn, k8s://..., spark://...) and, in its extras, {"deploy-mode": "cluster"}.

In cluster mode spark-submit knows only that a run failed, not its exit code: 4, more unreadable images than
max-failure-rate allows, looks like a crash. The gate reads the code from run.json, which a run writes last.
"""

import json
from datetime import datetime, timedelta
from glob import glob

from airflow import DAG
from airflow.exceptions import AirflowException
from airflow.operators.python import PythonOperator
from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

# A copy of target/dist on every Airflow worker.
HOME = "/opt/shufflenet"

BUCKET = "example-photographs"
OUTPUT = "results/labelled"  # the same folder every night: --mode resume predicts what is new or has changed

# The gate: top-1 accuracy with failures counted as misses. A new model below it is not to be used.
LEAST_TOP1_ALL = 0.70


def read_json(name):
    """A small file of the output. On HDFS: WebHDFSHook().get_conn().read(...) in place of S3Hook."""
    return json.loads(S3Hook("aws_default").read_key(f"{OUTPUT}/{name}", BUCKET))


def quality_gate(dag_run):
    run = read_json("run.json")
    # The output holds the last night's run.json until this night's run is complete.
    finished = datetime.fromisoformat(run["finished_at"].replace("Z", "+00:00"))
    if finished < dag_run.start_date:
        raise AirflowException("The run did not finish; see the log of the task before")
    if run["exit_code"] != 0:
        raise AirflowException("; ".join(run["reasons"]))
    top1_all = read_json("report/report.json")["summary"]["top1_all"]
    if top1_all < LEAST_TOP1_ALL:
        raise AirflowException(f"top-1 accuracy {top1_all:.4f} is below {LEAST_TOP1_ALL}")


with DAG(
    dag_id="shufflenet_nightly",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,  # two runs must not share the output
) as dag:
    evaluate = SparkSubmitOperator(
        task_id="evaluate",
        conn_id="spark_default",
        name="shufflenet nightly",
        java_class="io.shufflenet.spark.job.Main",
        application=f"{HOME}/shufflenet-spark.jar",
        jars=",".join(sorted(glob(f"{HOME}/lib/*.jar"))),
        # Executors, cores and memory stand in this file; spark-gpu.conf is the one for GPUs.
        properties_file=f"{HOME}/conf/spark-cluster.conf",
        application_args=[
            "evaluate",
            "--input",
            f"s3a://{BUCKET}/labelled",
            "--model",
            f"s3a://{BUCKET}/models/shufflenetv1-1.0x-g3.pth.tar",
            "--output",
            f"s3a://{BUCKET}/{OUTPUT}",
            "--mode",
            "resume",
        ],
        # What a first try had predicted is kept.
        retries=1,
        retry_delay=timedelta(minutes=10),
    )
    gate = PythonOperator(
        task_id="quality_gate",
        python_callable=quality_gate,
        trigger_rule="all_done",  # also after exit code 4; the gate alone decides whether the night was good
    )
    evaluate >> gate
