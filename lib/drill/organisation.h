// The organisation of one drill: its keys, its home and its members' devices, which nobody uses
// again. Live, they are a home's, so that a drill that is kept can be looked at with every command
// that looks; in memory there is neither a folder nor anything that could be opened.
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

// `keys` are the dice of the seed, `entropy` is for what lies on the disk. Live: makes the home in
// the settings' folder, with the roster, the rota and the incident's key; faults when one is there.
Organisation found(const playbook::Playbook& playbook, const Staff& staff, const Settings& settings,
                   const seal::MessageId& incident, const base::Clock& clock, base::Random& keys,
                   base::Random& entropy);

}  // namespace tocsin::drill
