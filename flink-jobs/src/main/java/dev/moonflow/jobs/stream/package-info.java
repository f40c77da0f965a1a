/**
 * The way in for people who write their own Flink job: {@link dev.moonflow.jobs.stream.Moonflow}
 * puts the model between a stream of theirs and a stream of answers.
 *
 * <pre>
 *   DataStream&lt;T&gt; --> RequestFunction --> keyBy --> PerceiveOperator --> AnswerFunction --> answers
 *                        |                          |
 *                        +------- failures <--------+
 * </pre>
 *
 * <p>An element travels with its request in the bytes of its own serializer and comes back with the
 * answer. What is being generated is in the job's checkpoints, exactly as in the main job; an
 * element in flight stands there in the form of its serializer, so that its type changes only after
 * a stop that drains the job.
 *
 * <p>May use ingest's requests, perceive, settings, connectors and the model's loader in graph.
 */
package dev.moonflow.jobs.stream;
