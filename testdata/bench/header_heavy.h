/* header_heavy.h - what header_heavy.c is made of. */
#ifndef HEADER_HEAVY_H
#define HEADER_HEAVY_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

/* X(name, C type, to Python, from Python) */
#define FOR_EACH_TYPE(X) \
    X(i8, int8_t, PyLong_FromLong, PyLong_AsLong) \
    X(i16, int16_t, PyLong_FromLong, PyLong_AsLong) \
    X(i32, int32_t, PyLong_FromLong, PyLong_AsLong) \
    X(i64, int64_t, PyLong_FromLongLong, PyLong_AsLongLong) \
    X(u8, uint8_t, PyLong_FromUnsignedLong, PyLong_AsUnsignedLong) \
    X(u16, uint16_t, PyLong_FromUnsignedLong, PyLong_AsUnsignedLong) \
    X(u32, uint32_t, PyLong_FromUnsignedLong, PyLong_AsUnsignedLong) \
    X(u64, uint64_t, PyLong_FromUnsignedLongLong, PyLong_AsUnsignedLongLong) \
    X(f32, float, PyFloat_FromDouble, PyFloat_AsDouble) \
    X(f64, double, PyFloat_FromDouble, PyFloat_AsDouble)

#define CHECK_NULL(x)         \
    do {                      \
        if ((x) == NULL) {    \
            goto error;       \
        }                     \
    } while (0)

#define RELEASE_AND_RETURN(x, result) \
    do {                              \
        Py_DECREF(x);                 \
        return (result);              \
    } while (0)

#define NEW_REF(x) (Py_INCREF(x), (x))

#define UNIT_SIZE 988
typedef struct unit {
    struct unit *next;
    PyObject *value;
    char text[UNIT_SIZE];
    uint32_t flags : 8, kind : 4;
} unit_t;
#define ACCOUNT_SIZE 2244
enum account_kind { ACCOUNT_NONE, ACCOUNT_SOME = 4, ACCOUNT_ALL = ACCOUNT_SIZE << 1 };
#define WINDOW_SIZE 3409
static inline PyObject *
window_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "window");
    return value ? NEW_REF(value) : PyLong_FromLong(WINDOW_SIZE);
}
#define SESSION_SIZE 1222
typedef struct session {
    struct session *next;
    PyObject *value;
    char text[SESSION_SIZE];
    uint32_t flags : 8, kind : 4;
} session_t;
#define QUEUE_SIZE 1123
enum queue_kind { QUEUE_NONE, QUEUE_SOME = 4, QUEUE_ALL = QUEUE_SIZE << 1 };
#define SPRING_SIZE 1109
static inline PyObject *
spring_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "spring");
    return value ? NEW_REF(value) : PyLong_FromLong(SPRING_SIZE);
}
#define LABEL_SIZE 2632
typedef struct label {
    struct label *next;
    PyObject *value;
    char text[LABEL_SIZE];
    uint32_t flags : 8, kind : 4;
} label_t;
#define ZONE_SIZE 467
enum zone_kind { ZONE_NONE, ZONE_SOME = 4, ZONE_ALL = ZONE_SIZE << 1 };
#define HEADER_SIZE 1375
static inline PyObject *
header_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "header");
    return value ? NEW_REF(value) : PyLong_FromLong(HEADER_SIZE);
}
#define MARKET_SIZE 1920
typedef struct market {
    struct market *next;
    PyObject *value;
    char text[MARKET_SIZE];
    uint32_t flags : 8, kind : 4;
} market_t;
#define LOADER_SIZE 3464
enum loader_kind { LOADER_NONE, LOADER_SOME = 4, LOADER_ALL = LOADER_SIZE << 1 };
#define PLAN_SIZE 1373
static inline PyObject *
plan_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "plan");
    return value ? NEW_REF(value) : PyLong_FromLong(PLAN_SIZE);
}
#define OFFICE_SIZE 658
typedef struct office {
    struct office *next;
    PyObject *value;
    char text[OFFICE_SIZE];
    uint32_t flags : 8, kind : 4;
} office_t;
#define NUMBER_SIZE 3707
enum number_kind { NUMBER_NONE, NUMBER_SOME = 4, NUMBER_ALL = NUMBER_SIZE << 1 };
#define STORE_SIZE 3350
static inline PyObject *
store_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "store");
    return value ? NEW_REF(value) : PyLong_FromLong(STORE_SIZE);
}
#define OBJECT_SIZE 2075
typedef struct object {
    struct object *next;
    PyObject *value;
    char text[OBJECT_SIZE];
    uint32_t flags : 8, kind : 4;
} object_t;
#define JOURNAL_SIZE 1827
enum journal_kind { JOURNAL_NONE, JOURNAL_SOME = 4, JOURNAL_ALL = JOURNAL_SIZE << 1 };
#define PROFILE_SIZE 1236
static inline PyObject *
profile_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "profile");
    return value ? NEW_REF(value) : PyLong_FromLong(PROFILE_SIZE);
}
#define DEVICE_SIZE 2204
typedef struct device {
    struct device *next;
    PyObject *value;
    char text[DEVICE_SIZE];
    uint32_t flags : 8, kind : 4;
} device_t;
#define FIELD_SIZE 3341
enum field_kind { FIELD_NONE, FIELD_SOME = 4, FIELD_ALL = FIELD_SIZE << 1 };
#define NATIVE_SIZE 777
static inline PyObject *
native_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "native");
    return value ? NEW_REF(value) : PyLong_FromLong(NATIVE_SIZE);
}
#define STATION_SIZE 423
typedef struct station {
    struct station *next;
    PyObject *value;
    char text[STATION_SIZE];
    uint32_t flags : 8, kind : 4;
} station_t;
#define ORDER_SIZE 3569
enum order_kind { ORDER_NONE, ORDER_SOME = 4, ORDER_ALL = ORDER_SIZE << 1 };
#define REGION_SIZE 853
static inline PyObject *
region_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "region");
    return value ? NEW_REF(value) : PyLong_FromLong(REGION_SIZE);
}
#define BATCH_SIZE 144
typedef struct batch {
    struct batch *next;
    PyObject *value;
    char text[BATCH_SIZE];
    uint32_t flags : 8, kind : 4;
} batch_t;
#define PLAYER_SIZE 2373
enum player_kind { PLAYER_NONE, PLAYER_SOME = 4, PLAYER_ALL = PLAYER_SIZE << 1 };
#define PRICE_SIZE 578
static inline PyObject *
price_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "price");
    return value ? NEW_REF(value) : PyLong_FromLong(PRICE_SIZE);
}
#define LEDGER_SIZE 2368
typedef struct ledger {
    struct ledger *next;
    PyObject *value;
    char text[LEDGER_SIZE];
    uint32_t flags : 8, kind : 4;
} ledger_t;
#define INDEX_SIZE 1436
enum index_kind { INDEX_NONE, INDEX_SOME = 4, INDEX_ALL = INDEX_SIZE << 1 };
#define PROJECT_SIZE 1134
static inline PyObject *
project_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "project");
    return value ? NEW_REF(value) : PyLong_FromLong(PROJECT_SIZE);
}
#define PACKET_SIZE 3442
typedef struct packet {
    struct packet *next;
    PyObject *value;
    char text[PACKET_SIZE];
    uint32_t flags : 8, kind : 4;
} packet_t;
#define USER_SIZE 601
enum user_kind { USER_NONE, USER_SOME = 4, USER_ALL = USER_SIZE << 1 };
#define WALLET_SIZE 3088
static inline PyObject *
wallet_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "wallet");
    return value ? NEW_REF(value) : PyLong_FromLong(WALLET_SIZE);
}
#define TRACK_SIZE 2460
typedef struct track {
    struct track *next;
    PyObject *value;
    char text[TRACK_SIZE];
    uint32_t flags : 8, kind : 4;
} track_t;
#define WORKER_SIZE 956
enum worker_kind { WORKER_NONE, WORKER_SOME = 4, WORKER_ALL = WORKER_SIZE << 1 };
#define SCANNER_SIZE 3656
static inline PyObject *
scanner_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "scanner");
    return value ? NEW_REF(value) : PyLong_FromLong(SCANNER_SIZE);
}
#define PAGE_SIZE 1997
typedef struct page {
    struct page *next;
    PyObject *value;
    char text[PAGE_SIZE];
    uint32_t flags : 8, kind : 4;
} page_t;
#define VOLUME_SIZE 4093
enum volume_kind { VOLUME_NONE, VOLUME_SOME = 4, VOLUME_ALL = VOLUME_SIZE << 1 };
#define STREAM_SIZE 3028
static inline PyObject *
stream_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "stream");
    return value ? NEW_REF(value) : PyLong_FromLong(STREAM_SIZE);
}
#define INVOICE_SIZE 1579
typedef struct invoice {
    struct invoice *next;
    PyObject *value;
    char text[INVOICE_SIZE];
    uint32_t flags : 8, kind : 4;
} invoice_t;
#define CONTRACT_SIZE 3572
enum contract_kind { CONTRACT_NONE, CONTRACT_SOME = 4, CONTRACT_ALL = CONTRACT_SIZE << 1 };
#define SIGNAL_SIZE 623
static inline PyObject *
signal_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "signal");
    return value ? NEW_REF(value) : PyLong_FromLong(SIGNAL_SIZE);
}
#define BRANCH_SIZE 2076
typedef struct branch {
    struct branch *next;
    PyObject *value;
    char text[BRANCH_SIZE];
    uint32_t flags : 8, kind : 4;
} branch_t;
#define SUPPLY_SIZE 3130
enum supply_kind { SUPPLY_NONE, SUPPLY_SOME = 4, SUPPLY_ALL = SUPPLY_SIZE << 1 };
#define REPORT_SIZE 1488
static inline PyObject *
report_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "report");
    return value ? NEW_REF(value) : PyLong_FromLong(REPORT_SIZE);
}
#define MEMBER_SIZE 2095
typedef struct member {
    struct member *next;
    PyObject *value;
    char text[MEMBER_SIZE];
    uint32_t flags : 8, kind : 4;
} member_t;
#define REQUEST_SIZE 1938
enum request_kind { REQUEST_NONE, REQUEST_SOME = 4, REQUEST_ALL = REQUEST_SIZE << 1 };
#define SCHEDULE_SIZE 3376
static inline PyObject *
schedule_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "schedule");
    return value ? NEW_REF(value) : PyLong_FromLong(SCHEDULE_SIZE);
}
#define SERVER_SIZE 3001
typedef struct server {
    struct server *next;
    PyObject *value;
    char text[SERVER_SIZE];
    uint32_t flags : 8, kind : 4;
} server_t;
#define PHONE_SIZE 2109
enum phone_kind { PHONE_NONE, PHONE_SOME = 4, PHONE_ALL = PHONE_SIZE << 1 };
#define ROUTE_SIZE 602
static inline PyObject *
route_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "route");
    return value ? NEW_REF(value) : PyLong_FromLong(ROUTE_SIZE);
}
#define POINT_SIZE 468
typedef struct point {
    struct point *next;
    PyObject *value;
    char text[POINT_SIZE];
    uint32_t flags : 8, kind : 4;
} point_t;
#define FOLDER_SIZE 3865
enum folder_kind { FOLDER_NONE, FOLDER_SOME = 4, FOLDER_ALL = FOLDER_SIZE << 1 };
#define VENDOR_SIZE 1740
static inline PyObject *
vendor_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "vendor");
    return value ? NEW_REF(value) : PyLong_FromLong(VENDOR_SIZE);
}
#define PERSON_SIZE 2688
typedef struct person {
    struct person *next;
    PyObject *value;
    char text[PERSON_SIZE];
    uint32_t flags : 8, kind : 4;
} person_t;
#define SAMPLE_SIZE 79
enum sample_kind { SAMPLE_NONE, SAMPLE_SOME = 4, SAMPLE_ALL = SAMPLE_SIZE << 1 };
#define BUCKET_SIZE 3645
static inline PyObject *
bucket_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "bucket");
    return value ? NEW_REF(value) : PyLong_FromLong(BUCKET_SIZE);
}
#define TOKEN_SIZE 3895
typedef struct token {
    struct token *next;
    PyObject *value;
    char text[TOKEN_SIZE];
    uint32_t flags : 8, kind : 4;
} token_t;
#define PARCEL_SIZE 2786
enum parcel_kind { PARCEL_NONE, PARCEL_SOME = 4, PARCEL_ALL = PARCEL_SIZE << 1 };
#define CHANNEL_SIZE 1477
static inline PyObject *
channel_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "channel");
    return value ? NEW_REF(value) : PyLong_FromLong(CHANNEL_SIZE);
}
#define GROUP_SIZE 3814
typedef struct group {
    struct group *next;
    PyObject *value;
    char text[GROUP_SIZE];
    uint32_t flags : 8, kind : 4;
} group_t;
#define TICKET_SIZE 2657
enum ticket_kind { TICKET_NONE, TICKET_SOME = 4, TICKET_ALL = TICKET_SIZE << 1 };
#define MESSAGE_SIZE 1908
static inline PyObject *
message_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "message");
    return value ? NEW_REF(value) : PyLong_FromLong(MESSAGE_SIZE);
}
#define SECTOR_SIZE 3528
typedef struct sector {
    struct sector *next;
    PyObject *value;
    char text[SECTOR_SIZE];
    uint32_t flags : 8, kind : 4;
} sector_t;
#define DRIVER_SIZE 729
enum driver_kind { DRIVER_NONE, DRIVER_SOME = 4, DRIVER_ALL = DRIVER_SIZE << 1 };
#define BUDGET_SIZE 1697
static inline PyObject *
budget_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "budget");
    return value ? NEW_REF(value) : PyLong_FromLong(BUDGET_SIZE);
}
#define MODULE_SIZE 3352
typedef struct module {
    struct module *next;
    PyObject *value;
    char text[MODULE_SIZE];
    uint32_t flags : 8, kind : 4;
} module_t;
#define TARGET_SIZE 3286
enum target_kind { TARGET_NONE, TARGET_SOME = 4, TARGET_ALL = TARGET_SIZE << 1 };
#define COLUMN_SIZE 1098
static inline PyObject *
column_value(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "column");
    return value ? NEW_REF(value) : PyLong_FromLong(COLUMN_SIZE);
}
#define RECORD_SIZE 1905
typedef struct record {
    struct record *next;
    PyObject *value;
    char text[RECORD_SIZE];
    uint32_t flags : 8, kind : 4;
} record_t;

#define DECLARE(name, type, to, from)                   \
    PyObject *name##_to_list(const type *data, size_t n); \
    int name##_from_list(PyObject *list, type *data, size_t n);
FOR_EACH_TYPE(DECLARE)
#undef DECLARE

#endif
