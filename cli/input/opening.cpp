#include "input/opening.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "control/channels.h"
#include "home/keyring.h"
#include "home/passphrase.h"
#include "home/time_zone.h"

namespace tocsin::cli {

home::Home open_home(const Context& context) {
  home::Home home = home::Home::open(context.home);
  home::follow_time_zone(home.settings());
  return home;
}

std::optional<std::vector<contact::ChannelId>> channels_of_home(const Context& context) {
  if (!home::Home::exists(context.home)) return std::nullopt;
  try {
    return control::channels_of(home::Home::open(context.home).settings());
  } catch (const base::Fault& fault) {
    context.out.note(fmt::format("the home's channels are not looked at: {}", fault.what()));
    return std::nullopt;
  }
}

home::Unlocked unlock(const Context& context, const home::Home& home) {
  home::SessionKeyring keyring;
  return home.unlock(*home::passphrase_source(context.passphrase_file), keyring);
}

seal::Identity unlock_organisation(const Context& context, const home::Home& home) {
  return home.unlock_organisation(*home::passphrase_source(context.passphrase_file));
}

}  // namespace tocsin::cli
