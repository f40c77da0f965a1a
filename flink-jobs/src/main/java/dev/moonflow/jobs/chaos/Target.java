package dev.moonflow.jobs.chaos;

/** What a fault strikes. */
enum Target {
  /** Runs the operators and the model. */
  TASK_MANAGER("TaskManager", 10),
  /** Coordinates checkpoints and knows of the job; the job dies with it. */
  JOB_MANAGER("JobManager", 3),
  /** Holds the topics and the transactions. */
  BROKER("broker", 4),
  /** Holds the schemas. */
  REGISTRY("registry", 3);

  private final String label;
  private final int share;

  Target(String label, int share) {
    this.label = label;
    this.share = share;
  }

  /** Its name in the log. */
  String label() {
    return label;
  }

  /** How many of twenty faults strike it. */
  int share() {
    return share;
  }
}
