package dev.moonflow.jobs.perceive;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingRunnable;

/** A task's mailbox that the simulation runs mail by mail. */
final class SimMailbox implements MailboxExecutor {
  private final Deque<ThrowingRunnable<? extends Exception>> mails = new ArrayDeque<>();
  private final Runnable untilMail;

  /**
   * An empty mailbox.
   *
   * @param untilMail lets the rest of the task work until there is a mail
   */
  SimMailbox(Runnable untilMail) {
    this.untilMail = untilMail;
  }

  boolean isEmpty() {
    return mails.isEmpty();
  }

  void runNext() throws Exception {
    mails.remove().run();
  }

  @Override
  public void execute(
      MailOptions options,
      ThrowingRunnable<? extends Exception> command,
      String description,
      Object... arguments) {
    mails.add(command);
  }

  @Override
  public void yield() {
    untilMail.run();
    try {
      runNext();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  @Override
  public boolean tryYield() {
    if (mails.isEmpty()) {
      return false;
    }
    this.yield();
    return true;
  }

  @Override
  public boolean shouldInterrupt() {
    return false;
  }
}
