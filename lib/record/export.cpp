#include "record/export.h"

#include <nlohmann/json.hpp>

#include "incident/state/event.h"

namespace tocsin::record {

void export_lines(const std::filesystem::path& journal, const seal::StoreKey& store,
                  const journal::Verified& verified, const WriteLine& write) {
  journal::read_verified(journal, store, verified, [&](const journal::SignedEntry& entry) {
    // First when, what and who, then the details: the order in which people read.
    nlohmann::ordered_json line{{"number", entry.number}};
    if (const auto event = incident::decode_event(entry.body)) {
      const nlohmann::json fields = incident::to_json(*event);
      for (const char* first : {"at", "event", "by"}) line[first] = fields.at(first);
      line["author"] = entry.author.name;
      for (const auto& [name, value] : fields.items())
        if (!line.contains(name)) line[name] = value;
    } else {
      line["author"] = entry.author.name;
      line["unknown"] = base::to_hex(entry.body);
    }
    line["hash"] = base::to_hex(entry.hash);
    // Text from certificates and events may be broken UTF-8, which must not stop the export.
    write(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  });
}

}  // namespace tocsin::record
