// tocsin relay: runs the mailbox server until it is told to stop.
#include <fmt/format.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "command.h"
#include "home/home.h"
#include "input/listen.h"
#include "input/opening.h"
#include "relay/server.h"
#include "wire/organisation.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

wire::Organisation organisation_of(const home::Home& home) {
  return {home.organisation().verify, home.enrolment().id()};
}

class Relay final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--listen", listen_, "Where to listen; port 0 lets the system choose")
        ->type_name("ADDRESS:PORT")
        ->capture_default_str();
    app.add_option("--store", store_, "The file that holds the mailboxes")->type_name("FILE");
    app.add_option("--organisation", organisations_, "Serve this organisation; may be repeated")
        ->type_name("KEY");
    app.add_option("--host", hosts_, "Answer only to this name; may be repeated")
        ->type_name("NAME");
    app.add_option("--tls-certificate", tls_certificate_,
                   "Speak TLS, with the certificate and its chain in this PEM file")
        ->type_name("FILE");
    app.add_option("--tls-key", tls_key_, "The certificate's key, a PEM file without a passphrase")
        ->type_name("FILE");
    app.add_option("--metrics", metrics_, "Serve figures for Prometheus at this address")
        ->type_name("ADDRESS:PORT");
    app.add_flag("--show-organisation", show_,
                 "Print this home's KEY for --organisation, and stop");
  }

  Exit run(Context& context) override {
    if (show_) return show(context);
    relay::ServerSettings settings;
    ListenAddress address = read_listen("--listen", listen_);
    settings.address = std::move(address.host);
    settings.port = address.port;
    settings.hosts = hosts_;
    if (tls_certificate_.empty() != tls_key_.empty())
      throw Fault(Exit::usage, "TLS takes a certificate and its key",
                  "name both --tls-certificate FILE and --tls-key FILE");
    if (!tls_key_.empty()) settings.tls = {tls_certificate_, tls_key_};
    if (!metrics_.empty()) {
      const ListenAddress overseers = read_listen("--metrics", metrics_);
      settings.overseers = {overseers.host, overseers.port};
    }
    settings.log = [&context](std::string_view line) { context.out.note(line); };
    settings.organisations = served(context);
    settings.store = store_.empty() ? context.home / "relay.db" : std::filesystem::path{store_};
    if (context.dry_run) {
      context.out.line(fmt::format(
          "would serve {} on {}, keeping mailboxes in {}",
          settings.organisations.size() == 1 ? "one organisation" : "several organisations",
          listen_, settings.store.string()));
      return Exit::done;
    }

    // Block the signals here. The server's thread inherits that, so only sigwait gets them.
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stops, nullptr);

    relay::Server server{std::move(settings), context.clock};
    server.start();
    tell(context, server);
    int heard = 0;
    sigwait(&stops, &heard);
    server.stop();
    context.out.note("the relay has stopped; what it holds is in its store");
    return Exit::done;
  }

 private:
  void tell(Context& context, const relay::Server& server) const {
    if (context.json) {
      nlohmann::json ready{{"url", server.url()}, {"port", server.port()}};
      if (!server.pin().empty()) ready["pin"] = server.pin();
      if (!metrics_.empty()) ready["metrics_port"] = server.overseers_port();
      context.out.json(ready);
    } else {
      context.out.line(fmt::format("relay ready at {}", server.url()));
      if (!server.pin().empty()) context.out.note(fmt::format("its key is {}", server.pin()));
    }
    context.out.flush();
  }

  std::vector<wire::Organisation> served(const Context& context) const {
    std::vector<wire::Organisation> served;
    for (const std::string& text : organisations_) {
      const auto organisation = wire::organisation_from_text(text);
      if (!organisation)
        throw Fault(Exit::usage, fmt::format("\"{}\" is no organisation's key", text),
                    "\"tocsin relay --show-organisation\" prints it, in the organisation's home");
      served.push_back(*organisation);
    }
    if (!served.empty() && !store_.empty()) return served;
    if (served.empty()) {
      if (!home::Home::exists(context.home))
        throw Fault(Exit::usage, "no organisation to serve",
                    "name one with --organisation KEY, or a home with --home FOLDER");
      served.push_back(organisation_of(open_home(context)));
    } else if (!home::Home::exists(context.home)) {
      throw Fault(Exit::usage, "no place for the mailboxes", "name one with --store FILE");
    }
    return served;
  }

  Exit show(Context& context) const {
    const std::string key = wire::to_text(organisation_of(open_home(context)));
    if (context.json)
      context.out.json({{"organisation", key}});
    else
      context.out.line(key);
    return Exit::done;
  }

  std::string listen_ = "127.0.0.1:8440";
  std::string store_;
  std::vector<std::string> organisations_;
  std::vector<std::string> hosts_;
  std::string tls_certificate_;
  std::string tls_key_;
  std::string metrics_;
  bool show_ = false;
};

}  // namespace

std::unique_ptr<Command> make_relay() { return std::make_unique<Relay>(); }

}  // namespace tocsin::cli
