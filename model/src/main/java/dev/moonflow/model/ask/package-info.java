/**
 * The way in for a program that wants words about pictures and nothing else: {@link
 * dev.moonflow.model.ask.VisionModel} loads a checkpoint and answers one question at a time. A
 * program with many questions at once takes an engine of {@link dev.moonflow.model.KimiVl} instead.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.moonflow</groupId>
 *   <artifactId>model</artifactId>
 *   <version>0.1.0-SNAPSHOT</version>
 * </dependency>
 * }</pre>
 *
 * <p>The JVM needs {@code --add-modules jdk.incubator.vector}. May use every package of the model
 * but conformance and synthetic; none of them may use it.
 */
package dev.moonflow.model.ask;
