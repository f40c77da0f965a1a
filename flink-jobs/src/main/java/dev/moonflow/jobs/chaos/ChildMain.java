package dev.moonflow.jobs.chaos;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Runs a main class in a process that ends when the process that started it does. */
public final class ChildMain {
  private ChildMain() {}

  /** The main class, and its arguments. */
  public static void main(String[] arguments) throws Throwable {
    ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
    if (parent == null) {
      System.err.println(ChildMain.class.getName() + " is started by moonflow alone");
      System.exit(2);
      return;
    }
    var unused = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
    try {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
