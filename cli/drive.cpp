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

Exit say_driven(Context& context, const Session& session, const std::string& driver) {
  const std::string& label = session.state().declared.label;
  if (context.json)
    context.out.json({{"incident", label}, {"driver", driver}});
  else
    context.out.note(
        fmt::format("{} is driven already: {}; \"tocsin board --watch\" looks on", label, driver));
  return Exit::done;
}

}  // namespace

Exit drive(Context& context, Session& session, const std::string& relay) {
  if (context.dry_run)
    throw Fault(Exit::usage, "run sends what is due, and a dry run never sends",
                "\"tocsin board\" shows what would be sent");
  control::Ending ending{};
  {
    // Made before the threads of relay and channels, so that only this thread gets signals.
    DriveView view(context.out, context.form(), session, context.clock);
    const auto server = relay.empty() ? nullptr : serve(session.home(), relay, context.clock);
    control::Wiring wiring;
    if (server) wiring.relay = address_of(*server);
    control::Driving driving(session, context.clock, std::move(wiring));
    if (!driving.take_lease()) return say_driven(context, session, driving.driver());
    ending =
        control::drive_until_over(session, driving, view, context.clock,
                                  server ? control::Serves::mailboxes : control::Serves::nothing);
    driving.settle();
  }
  session.close_if_over();
  const incident::Board board = incident::board(session.state(), context.clock.now());
  if (context.out.is_terminal() && !context.json)
    for (const std::string& line :
         board_lines(board, context.out, context.out.columns(), context.out.rows() - 1))
      context.out.line(line);
  return ending == control::Ending::over ? Exit::done : exit_of(board);
}

}  // namespace tocsin::cli
