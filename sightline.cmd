@echo off
rem Starts Sightline on Windows: builds it if it was never built or a source is newer, then runs it in this folder.
rem   JAVA_HOME            the JDK to use, 17 or later; else the one on the PATH
rem   SIGHTLINE_JAVA_OPTS  more options for the JVM, such as -Xmx1g
rem   SIGHTLINE_BUILD      auto (as above), always or never
setlocal enableextensions
set "HOME_DIR=%~dp0"
rem Every build has a folder of its own in .built, so that no build changes a file that a running server reads; the file
rem current.txt there names the newest.
set "BUILDS=%HOME_DIR%.built"
call :find
if not defined SIGHTLINE_BUILD set "SIGHTLINE_BUILD=auto"

rem The JDK, and its major version from the second word of: javac 17.0.15
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\javac.exe" goto :version
set "JAVA_HOME="
for /f "delims=" %%J in ('where javac 2^>nul') do if not defined JAVA_HOME for %%B in ("%%~dpJ..") do set "JAVA_HOME=%%~fB"
if not defined JAVA_HOME (
  echo sightline: no JDK 17 or later found; install one and set JAVA_HOME>&2
  exit /b 2
)
:version
set "MAJOR=0"
for /f "tokens=2 delims=. " %%V in ('"%JAVA_HOME%\bin\javac" -version 2^>^&1') do set "MAJOR=%%V"
if %MAJOR% LSS 17 (
  echo sightline: JDK 17 or later is needed, and %JAVA_HOME% is %MAJOR%>&2
  exit /b 2
)
set "NEWER="
if %MAJOR% GEQ 23 set "NEWER=--sun-misc-unsafe-memory-access=allow"

if "%SIGHTLINE_BUILD%"=="never" goto :run
if "%SIGHTLINE_BUILD%"=="always" goto :build
if not exist "%JAR%" goto :build
rem Folders count too: theirs is the time when a file was added or removed.
powershell -NoProfile -Command "$jar = (Get-Item -LiteralPath $env:JAR).LastWriteTime; $sources = 'pom.xml','api\pom.xml','processors\pom.xml','server\pom.xml','api\src\main','processors\src\main','server\src\main' | ForEach-Object { $p = Join-Path $env:HOME_DIR $_; Get-Item -LiteralPath $p; Get-ChildItem -LiteralPath $p -Recurse }; exit [int][bool]($sources | Where-Object { $_.LastWriteTime -gt $jar } | Select-Object -First 1)"
if not errorlevel 1 goto :run

:build
where mvn >nul 2>nul
if errorlevel 1 (
  echo sightline: no Maven found, and the build needs it; put mvn on the PATH>&2
  exit /b 2
)
echo sightline: building with JDK %MAJOR%; the first time downloads about 200 MB>&2
pushd "%HOME_DIR%"
call mvn -B -q -Dmaven.test.skip=true -pl server -am package
if errorlevel 1 (
  popd
  echo sightline: the build failed>&2
  exit /b 2
)
popd
set "RUN=%RANDOM%%RANDOM%"
robocopy "%HOME_DIR%server\target" "%BUILDS%\%RUN%" sightline-server.jar /njh /njs /nfl /ndl >nul
robocopy "%HOME_DIR%server\target\lib" "%BUILDS%\%RUN%\lib" /njh /njs /nfl /ndl >nul
if not exist "%BUILDS%\%RUN%\sightline-server.jar" (
  echo sightline: the build cannot be copied to %BUILDS%>&2
  exit /b 2
)
>"%BUILDS%\current.txt" echo %RUN%
call :find
rem The jar is not written anew when only another module changed; its time says when this was last checked.
powershell -NoProfile -Command "(Get-Item -LiteralPath $env:JAR).LastWriteTime = Get-Date"
rem A folder whose files a running server has open cannot be renamed, and stays.
for /d %%F in ("%BUILDS%\*") do if not "%%~nxF"=="%RUN%" ren "%%F" "%%~nxF.old" 2>nul && rd /s /q "%%F.old" 2>nul
echo sightline: preparing fast starts>&2
"%JAVA_HOME%\bin\java" "@%HOME_DIR%server\java.args" %NEWER% "-XX:ArchiveClassesAtExit=%ARCHIVE%" -jar "%JAR%" warm-up >nul 2>nul

:run
if not exist "%JAR%" (
  echo sightline: nothing is built yet, and SIGHTLINE_BUILD=never forbids to build>&2
  exit /b 2
)
set "SHARED="
if exist "%ARCHIVE%" set SHARED="-XX:SharedArchiveFile=%ARCHIVE%"
"%JAVA_HOME%\bin\java" "@%HOME_DIR%server\java.args" %NEWER% %SHARED% %SIGHTLINE_JAVA_OPTS% -jar "%JAR%" %*
exit /b %errorlevel%

rem Where the newest build lies.
:find
set "CURRENT=none"
if exist "%BUILDS%\current.txt" set /p CURRENT=<"%BUILDS%\current.txt"
set "JAR=%BUILDS%\%CURRENT%\sightline-server.jar"
set "ARCHIVE=%BUILDS%\%CURRENT%\sightline.jsa"
exit /b 0
