// The temporary organisation of one drill: its keys, its home and its members' devices. A live
// drill has a real home, so that commands can read a drill that was kept. A drill in memory has no
// folder and no encryption.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/random.h"
#include "drill/live.h"
#include "drill/run.h"
#include "drill/synthetic.h"
#include "home/home.h"
#include "playbook/playbook.h"
#include "seal/certificate.h"
#include "seal/key.h"

namespace tocsin::drill {

struct Organisation {
  std::optional<home::Home> home;  // live only
  seal::Identity keys;
  seal::Identity coordinator;
  seal::Identity incident;
  seal::Certificate certificate;  // the coordinator's
  std::vector<Device> devices;    // by person; live only
  std::vector<seal::PublicIdentity> device_keys;
  base::Bytes membership;
};

// `keys` is the random stream of the seed; `entropy` is for files on the disk. Live, makes the home
// in the settings' folder, with the roster, the rota and the incident's key; faults when there is
// one.
Organisation found(const playbook::Playbook& playbook, const Staff& staff, const Settings& settings,
                   const seal::MessageId& incident, const base::Clock& clock, base::Random& keys,
                   base::Random& entropy);

}  // namespace tocsin::drill
