package dev.moonflow.jobs.perceive;

/**
 * How many vision patches may be prepared and not yet encoded: it bounds the memory of images that
 * wait for the engine. A request past the budget goes alone.
 *
 * <p>The engine reports what it encodes as a sum, not by request, and a request can end without
 * being encoded; so an idle engine settles the account.
 */
final class PatchBudget {
  private final long budget;

  private long outstanding;

  PatchBudget(long budget) {
    this.budget = budget;
  }

  synchronized void acquire(int patches) throws InterruptedException {
    while (outstanding > 0 && outstanding + patches > budget) {
      wait();
    }
    outstanding += patches;
  }

  synchronized void encoded(int patches) {
    outstanding = Math.max(0, outstanding - patches);
    notifyAll();
  }

  synchronized void settle() {
    outstanding = 0;
    notifyAll();
  }
}
