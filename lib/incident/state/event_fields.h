// The types of the fields of events, for the visitors that write the stored bytes and the export.
#pragma once

#include <type_traits>

#include "base/id.h"

namespace tocsin::incident {

template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<base::Id<Tag>> = true;

template <class T>
concept Enumeration = std::is_enum_v<T>;

}  // namespace tocsin::incident
