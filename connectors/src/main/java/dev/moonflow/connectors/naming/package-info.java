/** Help for whoever mistypes a name, in settings and in recipes. Uses nothing but Java. */
package dev.moonflow.connectors.naming;
