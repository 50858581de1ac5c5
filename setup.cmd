@echo off
chcp 65001 >nul
rem Cài đặt trên Windows: các bước như `make install` (xem Makefile).
setlocal
set "PYTHONUTF8=1"
pushd "%~dp0"
set "STATUS=1"

set "PYTHON="
for %%P in ("py -3" "python" "py -3.13" "py -3.12" "py -3.11" "py -3.14") do (
  if not defined PYTHON %%~P -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))" >nul 2>nul && set "PYTHON=%%~P"
)
if not defined PYTHON (
  echo Chưa có Python 3.11 đến 3.14 trên máy này.
  echo Hãy cài Python 3.13 từ python.org, chọn "Install Now", rồi chạy lại setup.cmd. Không cần quyền quản trị.
  goto :end
)

rem Máy không có mạng: chép thư mục wheels từ một máy có mạng vào đây (xem README.vi.md).
set "SOURCE="
if exist wheels\ set "SOURCE=--no-index --find-links wheels"

echo Đang cài đặt, việc này có thể mất vài phút...
%PYTHON% -m venv .venv || goto :failed
set "PIP=.venv\Scripts\python.exe -m pip --disable-pip-version-check install --quiet"
%PIP% %SOURCE% --only-binary :all: --require-hashes --requirement requirements.lock || goto :failed
%PIP% --no-deps --no-build-isolation --editable . || goto :failed
echo Đã cài đặt xong. Bây giờ hãy chạy report.cmd.
set "STATUS=0"
goto :end

:failed
echo Chưa cài đặt được. Dòng báo lỗi ở trên nói vì sao: thường là mất mạng hoặc đường dẫn thư mục quá dài.
echo Hãy đặt thư mục này ở chỗ có đường dẫn ngắn, ví dụ C:\dangvien, rồi chạy lại setup.cmd.

:end
popd
if "%~1"=="" pause
exit /b %STATUS%
