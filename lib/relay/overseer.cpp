#include "relay/overseer.h"

namespace tocsin::relay {

void Overseer::on_request(const std::shared_ptr<Connection>& connection, Request request) {
  if (request.method != "GET")
    return connection->answer(answer_of({405, "not with this method", 0, "GET"}));
  const Look look = look_();
  if (request.target == "/healthz") return connection->answer(answer_of(health(look.is_well)));
  if (request.target != "/metrics") return connection->answer(answer_of({404, "no such route"}));
  connection->answer({200, {look.metrics.begin(), look.metrics.end()}, true});
}

}  // namespace tocsin::relay
