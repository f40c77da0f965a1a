package dev.moonflow.training.evaluation.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks that there are: those of the resources, and users' own. */
public final class TaskCatalog {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final Map<String, TaskDefinition> tasks = new LinkedHashMap<>();

  private TaskCatalog() {}

  /** The tasks of the resources, by area. */
  public static TaskCatalog builtIn() {
    TaskCatalog catalog = new TaskCatalog();
    for (Area area : Area.values()) {
      String name = "tasks/" + area.key() + ".yaml";
      for (TaskDefinition task : parse(resource(name), name)) {
        if (task.area() != area) {
          throw new EvaluationException(name + ": task " + task.name() + " is of another area.");
        }
        catalog.add(task, name);
      }
    }
    catalog.addMoonlet();
    return catalog;
  }

  /** What the default model is judged on, in several areas. */
  private void addMoonlet() {
    String name = "tasks/moonlet.yaml";
    for (TaskDefinition task : parse(resource(name), name)) {
      add(task, name);
    }
  }

  private static String resource(String name) {
    try (InputStream in = TaskCatalog.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + name + " cannot be read", e);
    }
  }

  /** Adds the tasks of a file. */
  public void addFile(Path file) {
    try {
      for (TaskDefinition task : parse(Files.readString(file), file.toString())) {
        add(task, file.toString());
      }
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private void add(TaskDefinition task, String where) {
    if (tasks.put(task.name(), task) != null) {
      throw new EvaluationException(where + ": there are two tasks " + task.name() + ".");
    }
  }

  static List<TaskDefinition> parse(String yaml, String where) {
    try {
      List<TaskDefinition> tasks = YAML.readValue(yaml, new TypeReference<>() {});
      return tasks == null ? List.of() : tasks;
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof EvaluationException own) {
        throw new EvaluationException(where + ": " + own.getMessage(), e);
      }
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      String field =
          e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
              ? " (at " + path(mapping.getPath()) + ")"
              : "";
      String problem =
          e instanceof UnrecognizedPropertyException unknown
              ? "there is no key \"" + unknown.getPropertyName() + "\""
              : e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " ");
      throw new EvaluationException(where + line + ": " + problem + field + ".", e);
    }
  }

  private static String path(List<JsonMappingException.Reference> references) {
    List<String> names = new ArrayList<>();
    for (JsonMappingException.Reference r : references) {
      names.add(r.getFieldName() == null ? "entry " + (r.getIndex() + 1) : r.getFieldName());
    }
    return String.join(".", names);
  }

  /** All, by area and in the order of their files. */
  public Collection<TaskDefinition> all() {
    return List.copyOf(tasks.values());
  }

  /** The task of a name. */
  public Optional<TaskDefinition> find(String name) {
    return Optional.ofNullable(tasks.get(name));
  }
}
