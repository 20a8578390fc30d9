#include "input/opening.h"

#include <cstdlib>
#include <ctime>

#include "home/keyring.h"
#include "home/passphrase.h"

namespace tocsin::cli {

home::Home open_home(const Context& context) {
  home::Home home = home::Home::open(context.home);
  if (!home.settings().time_zone.empty()) {
    ::setenv("TZ", home.settings().time_zone.c_str(), 0);
    ::tzset();
  }
  return home;
}

home::Unlocked unlock(const Context& context, const home::Home& home) {
  home::SessionKeyring keyring;
  return home.unlock(*home::passphrase_source(context.passphrase_file), keyring);
}

seal::Identity unlock_organisation(const Context& context, const home::Home& home) {
  return home.unlock_organisation(*home::passphrase_source(context.passphrase_file));
}

}  // namespace tocsin::cli
