@echo off
chcp 65001 >nul
rem Lập báo cáo trên Windows: như `make report`. Cách dùng: report.cmd [tên bộ số liệu]
rem Khi có tên thì không dừng chờ bấm phím, nên gọi được từ Task Scheduler.
setlocal
set "PYTHONUTF8=1"
pushd "%~dp0"
set "STATUS=2"
set "COLLECTION=%~1"
if not defined COLLECTION set "COLLECTION=sample"

if not exist .venv\Scripts\dangvien.exe (
  echo Chưa cài đặt. Hãy chạy setup.cmd trước.
  goto :end
)
.venv\Scripts\dangvien.exe run "%COLLECTION%"
set "STATUS=%ERRORLEVEL%"

:end
popd
if "%~1"=="" pause
exit /b %STATUS%
