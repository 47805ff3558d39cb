/* The mock cluster of librdkafka as a process: three brokers, and faults as they are told on standard input, one a line. */
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BROKERS 3
#define MOST_ERRORS 32

/* The next so many requests of a kind are answered with this error. */
static void push_errors(rd_kafka_mock_cluster_t *cluster, int api, int count, int error) {
  rd_kafka_resp_err_t errors[MOST_ERRORS];
  for (int at = 0; at < MOST_ERRORS; at++) errors[at] = (rd_kafka_resp_err_t)error;
  rd_kafka_mock_push_request_errors_array(cluster, (int16_t)api, (size_t)(count < MOST_ERRORS ? count : MOST_ERRORS), errors);
}

static int obey(rd_kafka_mock_cluster_t *cluster, const char *line) {
  char name[256];
  int a, b, c;
  if (sscanf(line, "topic %255s %d", name, &a) == 2) return rd_kafka_mock_topic_create(cluster, name, a, BROKERS);
  if (sscanf(line, "leader %255s %d %d", name, &a, &b) == 3) return rd_kafka_mock_partition_set_leader(cluster, name, a, b);
  if (sscanf(line, "coordinator %255s %d", name, &a) == 2) return rd_kafka_mock_coordinator_set(cluster, "group", name, a);
  if (sscanf(line, "down %d", &a) == 1) return rd_kafka_mock_broker_set_down(cluster, a);
  if (sscanf(line, "up %d", &a) == 1) return rd_kafka_mock_broker_set_up(cluster, a);
  if (sscanf(line, "rtt %d %d", &a, &b) == 2) return rd_kafka_mock_broker_set_rtt(cluster, a, b);
  if (sscanf(line, "errors %d %d %d", &a, &b, &c) == 3) {
    push_errors(cluster, a, b, c);
    return 0;
  }
  return 1;
}

int main(void) {
  char said[512], line[512];
  rd_kafka_conf_t *configuration = rd_kafka_conf_new();
  rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, said, sizeof said);
  if (!handle) return fprintf(stderr, "%s\n", said), 1;
  rd_kafka_mock_cluster_t *cluster = rd_kafka_mock_cluster_new(handle, BROKERS);
  printf("%s\n", rd_kafka_mock_cluster_bootstraps(cluster));
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    printf("%s\n", obey(cluster, line) == 0 ? "ok" : "failed");
    fflush(stdout);
  }
  rd_kafka_mock_cluster_destroy(cluster);
  rd_kafka_destroy(handle);
  return 0;
}
