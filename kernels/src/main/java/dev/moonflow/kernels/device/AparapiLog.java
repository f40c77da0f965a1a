package dev.moonflow.kernels.device;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Aparapi's {@code java.util.logging} output off the console while something is started: it
 * goes to slf4j at debug level, and warnings are kept, because they say why a start failed.
 *
 * <p>Only for a scope, held under {@link ProcessLock}: a handler left behind would keep this class
 * loader alive after its job has gone.
 */
final class AparapiLog implements AutoCloseable {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(AparapiLog.class);

  /** Aparapi's complaints about class files of every Java since 11; they mean nothing. */
  private static final String NOISE = "unexpected Attribute";

  private final Logger logger = Logger.getLogger("com.aparapi");
  private final boolean useParents = logger.getUseParentHandlers();
  private final List<String> warnings = new ArrayList<>();
  private final Handler handler = new Collector();

  /** Aparapi's start-up sets the level of everybody's handlers; they get their own back. */
  private final Map<Handler, Level> rootLevels = new IdentityHashMap<>();

  AparapiLog() {
    for (Handler root : Logger.getLogger("").getHandlers()) {
      rootLevels.put(root, root.getLevel());
    }
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  /** The warnings so far in one line, or the other reason where there are none. */
  String reasonOr(String otherwise) {
    return warnings.isEmpty() ? otherwise : String.join("; ", warnings);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(useParents);
    rootLevels.forEach(Handler::setLevel);
  }

  private final class Collector extends Handler {
    @Override
    public void publish(LogRecord record) {
      String message = String.valueOf(record.getMessage()).strip();
      if (message.contains(NOISE)) {
        return;
      }
      LOG.debug("aparapi: {}", message);
      if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
        warnings.add(message);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
