/**
 * Reinforcement learning by online policy mirror descent (SPEC section 12.3).
 *
 * <pre>
 *   iteration i:  policy --export--> folder --engine--> k answers to each prompt
 *                    |                                        |
 *                    |  log pi_i of each answer               | checker: 0 or 1
 *                    +---------------+------------------------+ (+ length reward)
 *                                    v
 *                         rollouts/iteration-i.jsonl            written before it is used
 *                                    |
 *                 updates:  r_j - mean r - tau log(pi / pi_i), the optimizer begun anew
 * </pre>
 */
package dev.moonflow.training.stage.rl;
