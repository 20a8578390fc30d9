#include "drive.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "control/drive.h"
#include "input/listen.h"
#include "relay/server.h"
#include "screen/incident/board_view.h"
#include "screen/incident/drive_view.h"
#include "screen/incident/driver_line.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using control::Session;

// Serves the home's own mailboxes, in the home's folder. Faults (usage) when that is no address.
std::unique_ptr<relay::Server> serve(const home::Home& home, const std::string& address,
                                     const base::Clock& clock) {
  ListenAddress listen = read_listen("--relay", address);
  relay::ServerSettings settings;
  settings.store = home.path() / "relay.db";
  settings.address = std::move(listen.host);
  settings.port = listen.port;
  settings.organisations = {{home.organisation().verify, home.enrolment().id()}};
  auto server = std::make_unique<relay::Server>(std::move(settings), clock);
  server->start();
  return server;
}

// Whoever listens everywhere is spoken to here.
channel::RelayAddress address_of(const relay::Server& server) {
  const std::string url = server.url();
  if (url.starts_with("http://0.0.0.0:") || url.starts_with("http://[::]:"))
    return {fmt::format("http://127.0.0.1:{}", server.port()), {}};
  return {url, {}};
}

// Waits for a lease, and leaves it at a signal.
class Patient final : public control::Waiter {
 public:
  explicit Patient(const Output& out) : out_(out) {}
  void say(const std::string& words) override { out_.note(words); }
  bool wait(base::Milliseconds patience) override { return terminal_.wait(patience).stop; }

 private:
  const Output& out_;
  Terminal terminal_{Page::scroll, Keys::none};
};

}  // namespace

std::unique_ptr<control::Lease> take_lease(Context& context, Session& session) {
  auto lease = session.lease();
  Patient patient(context.out);
  if (lease->take(patient) == control::Lease::Outcome::taken) return lease;
  const std::string& label = session.state().declared.label;
  const auto driven = session.driver();
  if (context.json) context.out.json({{"incident", label}, {"driver", driver_json(driven)}});
  context.out.note(
      fmt::format("{} is driven by {}; \"tocsin board --watch\" looks on", label,
                  driven ? driver_words(*driven, context.clock.now()) : "another process"));
  return nullptr;
}

Exit say_superseded(Context& context, Session& session) {
  const auto driven = session.driver();
  const std::string& label = session.state().declared.label;
  if (context.json)
    context.out.line(nlohmann::json{{"incident", label}, {"driver", driver_json(driven)}}.dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace));
  context.out.note(
      fmt::format("{} is driven by {} now: this process was not heard for too long. It has stopped "
                  "driving, and "
                  "nothing is lost; \"tocsin board --watch\" looks on",
                  label, driven ? driver_words(*driven, context.clock.now()) : "another process"));
  return base::Exit::driven;
}

Exit drive(Context& context, Session& session, const std::string& relay) {
  if (context.dry_run)
    throw Fault(Exit::usage, "run sends what is due, and a dry run never sends",
                "\"tocsin board\" shows what would be sent");
  auto lease = take_lease(context, session);
  if (!lease) return base::Exit::driven;
  control::Ending ending{};
  {
    // Made before the threads of relay and channels, so that only this thread gets signals.
    DriveView view(context.out, context.form(), session, context.clock);
    const auto server = relay.empty() ? nullptr : serve(session.home(), relay, context.clock);
    control::Wiring wiring;
    if (server) wiring.relay = address_of(*server);
    control::Driving driving(session, context.clock, std::move(wiring), std::move(lease));
    ending =
        control::drive_until_over(session, driving, view, context.clock,
                                  server ? control::Serves::mailboxes : control::Serves::nothing);
  }
  if (ending == control::Ending::superseded) return say_superseded(context, session);
  session.close_if_over();
  const base::Instant now = context.clock.now();
  if (context.out.is_terminal() && !context.json)
    for (const std::string& line :
         live_board_lines(session, now, context.out, context.out.columns(), context.out.rows() - 1))
      context.out.line(line);
  return ending == control::Ending::over ? Exit::done
                                         : exit_of(incident::board(session.state(), now));
}

}  // namespace tocsin::cli
