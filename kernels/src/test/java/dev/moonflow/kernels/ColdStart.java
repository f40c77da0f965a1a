package dev.moonflow.kernels;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The main class of {@link ColdStartTest}: {@code open CHOICE...} prints each time the device or
 * the refusal; {@code race LOADERS THREADS} opens OpenCL in all threads of all class loaders at one
 * moment.
 */
public final class ColdStart {
  private ColdStart() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("open")) {
      for (int i = 1; i < args.length; i++) {
        System.out.println(open(args[i]));
      }
    } else {
      race(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }
  }

  /** Opens, checks and closes kernels; the device's name or the refusal. */
  public static String open(String choice) {
    try (Kernels kernels = Kernels.open(DeviceChoice.valueOf(choice))) {
      return "device: " + kernels.device() + SelfTest.failure(kernels);
    } catch (DeviceException e) {
      return "refused: " + e.getMessage();
    }
  }

  private static void race(int loaders, int threads) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(loaders * threads);
    List<Future<Object>> answers = new ArrayList<>();
    for (int l = 0; l < loaders; l++) {
      Class<?> coldStart =
          new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())
              .loadClass(ColdStart.class.getName());
      for (int t = 0; t < threads; t++) {
        Callable<Object> open =
            () -> {
              start.await();
              return coldStart.getMethod("open", String.class).invoke(null, "OPENCL");
            };
        answers.add(pool.submit(open));
      }
    }
    start.countDown();
    for (Future<Object> answer : answers) {
      System.out.println(answer.get());
    }
    pool.shutdown();
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
