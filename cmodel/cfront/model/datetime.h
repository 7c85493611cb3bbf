/* datetime.h: layouts and the capsule. Field accessors stay calls. */
typedef struct { PyObject_HEAD Py_hash_t hashcode; char hastzinfo; int days, seconds, microseconds; } PyDateTime_Delta;
typedef struct { PyObject_HEAD } PyDateTime_TZInfo;
typedef struct { PyObject_HEAD Py_hash_t hashcode; char hastzinfo; unsigned char data[4]; } PyDateTime_Date;
typedef struct { PyObject_HEAD Py_hash_t hashcode; char hastzinfo; unsigned char data[10]; unsigned char fold; PyObject *tzinfo; } PyDateTime_DateTime;
typedef struct { PyObject_HEAD Py_hash_t hashcode; char hastzinfo; unsigned char data[6]; unsigned char fold; PyObject *tzinfo; } PyDateTime_Time;
typedef struct {
    PyTypeObject *DateType, *DateTimeType, *TimeType, *DeltaType, *TZInfoType;
    PyObject *TimeZone_UTC;
    PyObject *(*Date_FromDate)(int, int, int, PyTypeObject *);
    PyObject *(*DateTime_FromDateAndTime)(int, int, int, int, int, int, int, PyObject *, PyTypeObject *);
    PyObject *(*Time_FromTime)(int, int, int, int, PyObject *, PyTypeObject *);
    PyObject *(*Delta_FromDelta)(int, int, int, int, PyTypeObject *);
    PyObject *(*TimeZone_FromTimeZone)(PyObject *, PyObject *);
    PyObject *(*DateTime_FromTimestamp)(PyObject *, PyObject *, PyObject *);
    PyObject *(*Date_FromTimestamp)(PyObject *, PyObject *);
    PyObject *(*DateTime_FromDateAndTimeAndFold)(int, int, int, int, int, int, int, PyObject *, int, PyTypeObject *);
    PyObject *(*Time_FromTimeAndFold)(int, int, int, int, PyObject *, int, PyTypeObject *);
} PyDateTime_CAPI;
extern PyDateTime_CAPI *PyDateTimeAPI;
#define PyDateTime_CAPSULE_NAME "datetime.datetime_CAPI"
#define PyDateTime_IMPORT (PyDateTimeAPI = (PyDateTime_CAPI *)PyCapsule_Import("datetime.datetime_CAPI", 0))
#define PyDateTime_TimeZone_UTC (PyDateTimeAPI->TimeZone_UTC)
//@self PyDateTime_GET_YEAR PyDateTime_GET_MONTH PyDateTime_GET_DAY PyDateTime_DATE_GET_TZINFO PyDateTime_TIME_GET_TZINFO PyDateTime_DATE_GET_FOLD PyDelta_FromDSU PyDate_FromDate PyDateTime_FromDateAndTime PyTime_FromTime PyDateTime_DELTA_GET_DAYS PyDateTime_DELTA_GET_SECONDS PyDateTime_DELTA_GET_MICROSECONDS PyTimeZone_FromOffset PyTimeZone_FromOffsetAndName
