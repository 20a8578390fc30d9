#include "input/relay_flags.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "base/fault.h"
#include "home/home.h"
#include "input/listen.h"
#include "input/opening.h"
#include "relay/hook/hook_file.h"
#include "wire/organisation.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

}  // namespace

void RelayFlags::describe(Options& app) {
  app.add_option("--listen", listen_, "Where to listen; port 0 lets the system choose")
      ->type_name("ADDRESS:PORT")
      ->capture_default_str();
  app.add_option("--store", store_, "The file that holds the mailboxes")->type_name("FILE");
  app.add_option("--organisation", organisations_, "Serve this organisation; may be repeated")
      ->type_name("KEY");
  app.add_option("--host", hosts_, "Answer only to this name; may be repeated")->type_name("NAME");
  app.add_option("--tls-certificate", tls_certificate_,
                 "Speak TLS, with the certificate and its chain in this PEM file")
      ->type_name("FILE");
  app.add_option("--tls-key", tls_key_, "The certificate's key, a PEM file without a passphrase")
      ->type_name("FILE");
  app.add_option("--hooks", hooks_, "Take what providers post to the hooks in this file")
      ->type_name("FILE");
  app.add_option("--metrics", metrics_, "Serve figures for Prometheus at this address")
      ->type_name("ADDRESS:PORT");
}

relay::ServerSettings RelayFlags::settings(const Context& context) const {
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
  if (!hooks_.empty()) settings.hooks = relay::read_hook_file(hooks_);
  settings.organisations = served(context);
  settings.store = store_.empty() ? context.home / "relay.db" : std::filesystem::path{store_};
  return settings;
}

std::vector<wire::Organisation> RelayFlags::served(const Context& context) const {
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

wire::Organisation organisation_of(const home::Home& home) {
  return {home.organisation().verify, home.enrolment().id()};
}

}  // namespace tocsin::cli
