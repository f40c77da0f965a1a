package dev.moonflow.jobs.cli;

import dev.moonflow.connectors.claimcheck.PayloadRejectedException;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.registry.RegistrationRefusedException;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.engine.RequestRejectedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * An exception as the one sentence that a person reads.
 *
 * @param text the sentence
 * @param ours whether this is a fault of Moonflow's and not of what it was given
 */
record ErrorSentence(String text, boolean ours) {

  /** Exceptions whose message is a sentence written for people. */
  private static final List<Class<? extends Throwable>> WRITTEN_FOR_PEOPLE =
      List.of(
          UserException.class,
          SettingsException.class,
          CheckpointException.class,
          DeviceException.class,
          MediaRejectedException.class,
          PayloadRejectedException.class,
          RegistrationRefusedException.class,
          RegistryUnavailableException.class,
          RequestRejectedException.class);

  /** The sentence of the first exception in the chain of causes that has one. */
  static ErrorSentence of(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String text = known(e);
      if (text != null) {
        return new ErrorSentence(ended(text), false);
      }
    }
    String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    return new ErrorSentence(
        ended("Moonflow failed with " + failure.getClass().getSimpleName() + message), true);
  }

  private static String known(Throwable e) {
    if (e.getMessage() != null && WRITTEN_FOR_PEOPLE.stream().anyMatch(t -> t.isInstance(e))) {
      return e.getMessage();
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " cannot be accessed: permission denied";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    if (e instanceof org.apache.kafka.common.errors.RecordTooLargeException) {
      return "An event is larger than Kafka takes; add --claim-check FOLDER, so that large files"
          + " stay outside";
    }
    if (e instanceof org.apache.kafka.common.errors.AuthenticationException
        || e instanceof org.apache.kafka.common.errors.AuthorizationException
        || e instanceof org.apache.kafka.common.errors.TimeoutException
        || e instanceof org.apache.kafka.common.config.ConfigException) {
      return "Kafka: " + e.getMessage();
    }
    if (e instanceof IOException && e.getMessage() != null && e.getCause() == null) {
      return e.getMessage();
    }
    return null;
  }

  private static String ended(String text) {
    String line = text.replaceAll("\\s*\\R\\s*", " ").strip();
    return line.endsWith(".") || line.endsWith("?") || line.endsWith("!") ? line : line + ".";
  }
}
