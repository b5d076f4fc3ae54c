#pragma once

#include "shared/domain/form.hpp"

// The forms that domain rules are tested with, each for what it is known for in demo-data.md 5.4:
// INC-03 for conditions and validators that work offline, HW-01 for options that come and go and
// money, ACC-05 for days and personal data, HR-02 for a repeated section.

namespace ventanilla::rules {

inline domain::Form form_of(const char* json) {
    return *domain::form_from_json(*parse_json(json));
}

inline domain::Form no_internet_form() {
    return form_of(R"json({"version": 2, "sections": [
      {"key": "problem", "fields": [
        {"key": "what", "type": "choice", "label": {"es": "¿Qué no funciona?"}, "required_if": "true", "options": [
          {"key": "vpn", "label": {"es": "La VPN", "en": "The VPN"}}, {"key": "wifi", "label": {"es": "El Wi-Fi"}},
          {"key": "cable", "label": {"es": "La red por cable"}, "visible_if": "field.where ne 'home'"}]},
        {"key": "where", "type": "choice", "label": {"es": "¿Dónde estás?"}, "required_if": "true", "options": [
          {"key": "office", "label": {"es": "En la oficina"}}, {"key": "home", "label": {"es": "En casa"}}]},
        {"key": "error_code", "type": "text", "label": {"es": "Número de error"}, "visible_if": "field.what eq 'vpn'",
         "validators": [{"kind": "mask", "value": "999", "message": {"es": "Son tres cifras, por ejemplo 809."}}]},
        {"key": "network_name", "type": "text", "label": {"es": "Nombre de la red"},
         "visible_if": "field.what eq 'wifi'", "required_if": "true"},
        {"key": "can_work", "type": "bool", "label": {"es": "Puedo trabajar mientras tanto"}}]},
      {"key": "contact", "title": {"es": "Cómo te encontramos"}, "visible_if": "not field.can_work", "fields": [
        {"key": "phone", "type": "phone", "label": {"es": "Teléfono"}, "required_if": "empty field.mail", "pii": true},
        {"key": "mail", "type": "email", "label": {"es": "Correo"}, "required_if": "empty field.phone",
         "default": "user.email", "pii": true},
        {"key": "details", "type": "longtext", "label": {"es": "Cuéntanos más"},
         "validators": [{"kind": "max_length", "value": "500"}]}]}]})json");
}

inline domain::Form new_laptop_form() {
    return form_of(R"json({"version": 1, "sections": [
      {"key": "device", "fields": [
        {"key": "use", "type": "choice", "label": {"es": "¿Para qué?"}, "required_if": "true", "options": [
          {"key": "office", "label": {"es": "Oficina"}}, {"key": "design", "label": {"es": "Diseño"}}]},
        {"key": "model", "type": "choice", "label": {"es": "Modelo"}, "required_if": "true", "options": [
          {"key": "light", "label": {"es": "Ligera"}},
          {"key": "power", "label": {"es": "Potente"}, "visible_if": "field.use eq 'design'"}]},
        {"key": "accessories", "type": "multichoice", "label": {"es": "Accesorios"}, "options": [
          {"key": "mouse", "label": {"es": "Mouse"}}, {"key": "dock", "label": {"es": "Docking"}},
          {"key": "pen", "label": {"es": "Lápiz"}, "visible_if": "field.model eq 'power'"}]},
        {"key": "cost", "type": "money", "label": {"es": "Costo"},
         "validators": [{"kind": "min", "value": "1"}, {"kind": "max", "value": "10000"}]},
        {"key": "why", "type": "longtext", "label": {"es": "Justificación"},
         "required_if": "field.cost gt 1500 or count(field.accessories) ge 3",
         "validators": [{"kind": "min_length", "value": "10"}]}]}]})json");
}

inline domain::Form external_user_form() {
    return form_of(R"json({"version": 4, "sections": [
      {"key": "person", "fields": [
        {"key": "name", "type": "text", "label": {"es": "Nombre"}, "required_if": "true", "pii": true},
        {"key": "company", "type": "text", "label": {"es": "Empresa"}, "required_if": "true"},
        {"key": "nda", "type": "file", "label": {"es": "Acuerdo"}, "required_if": "field.company ne 'Andina'"},
        {"key": "from", "type": "date", "label": {"es": "Desde"}, "required_if": "true", "default": "today()+1wd",
         "validators": [{"kind": "after", "value": "today()"}]},
        {"key": "until", "type": "date", "label": {"es": "Hasta"}, "required_if": "true",
         "validators": [{"kind": "after", "value": "field.from", "message": {"es": "Después del comienzo."}},
                        {"kind": "before", "value": "today()+365d"}]},
        {"key": "accept", "type": "bool", "label": {"es": "Respondo por esta persona"}, "required_if": "true"}]}]})json");
}

inline domain::Form new_hire_form() {
    return form_of(R"json({"version": 1, "sections": [
      {"key": "team", "fields": [
        {"key": "start", "type": "date", "label": {"es": "Primer día"}, "required_if": "true"},
        {"key": "remote", "type": "bool", "label": {"es": "A distancia"}},
        {"key": "note", "type": "info", "label": {"es": "Avisa con cinco días"}},
        {"key": "bulk", "type": "text", "label": {"es": "Motivo de tantas altas"},
         "visible_if": "count(field.people) gt 2", "required_if": "true"}]},
      {"key": "people", "title": {"es": "Personas"}, "repeat": {"min": 1, "max": 4}, "fields": [
        {"key": "person", "type": "text", "label": {"es": "Nombre"}, "required_if": "true", "pii": true},
        {"key": "laptop", "type": "bool", "label": {"es": "Necesita notebook"}},
        {"key": "size", "type": "choice", "label": {"es": "Tamaño"}, "visible_if": "field.laptop",
         "required_if": "true", "default": "m", "options": [
          {"key": "m", "label": {"es": "Mediana"}}, {"key": "l", "label": {"es": "Grande"}}]},
        {"key": "address", "type": "longtext", "label": {"es": "Dirección"}, "visible_if": "field.remote and field.laptop"}]}]})json");
}

}  // namespace ventanilla::rules
